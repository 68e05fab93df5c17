package org.nagumo.core.equations;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Cuts the operations of a {@link LaneGraph} into loops. A loop holds either operations that become vector instructions
 * or others, as one of the others would keep the JVM from using vectors. Loops are short enough for the JVM to unroll
 * them, and their ends are chosen by dynamic programming such that few values pass through memory. An operation or two on
 * leaves are repeated rather than stored.
 */
final class LaneSchedule {

    /** Most operations in a loop. */
    private static final int MOST_OPERATIONS = Integer.getInteger("lane.ops", 40);

    private static final int ARRAY = Integer.getInteger("lane.array", 3);
    private static final int MOST_SIZE = Integer.getInteger("lane.size", 30);

    /** What a loop costs by itself, in accesses to an array. */
    private static final int LOOP = Integer.getInteger("lane.loop", 4);

    private final LaneGraph graph;
    private final int[] targets;
    private final List<Integer> order = new ArrayList<>();
    private final List<LaneLoop> loops = new ArrayList<>();
    private final boolean[] cheap;
    /** Positions in {@link #order} of the first and the last user of a node. */
    private final int[] position;
    private final int[] lastUse;

    LaneSchedule(LaneGraph graph, int[] targets) {
        this.graph = graph;
        this.targets = targets.clone();
        cheap = new boolean[graph.size()];
        for (int id = 0; id < cheap.length; id++) {
            cheap[id] = cost(id, 2) <= 2;
        }
        for (int target : targets) {
            visit(target);
        }
        position = new int[graph.size()];
        lastUse = new int[graph.size()];
        Arrays.fill(lastUse, -1);
        for (int i = 0; i < order.size(); i++) {
            position[order.get(i)] = i;
            for (int operand : operands(order.get(i))) {
                use(operand, i);
            }
        }
        for (int target : targets) {
            lastUse[target] = Integer.MAX_VALUE;
        }
        cut();
    }

    List<LaneLoop> loops() {
        return loops;
    }

    /** A use of a cheap node is one of what it consists of. */
    private void use(int id, int at) {
        lastUse[id] = Math.max(lastUse[id], at);
        if (cheap[id]) {
            for (int operand : operands(id)) {
                use(operand, at);
            }
        }
    }

    private int[] operands(int id) {
        Node node = graph.node(id);
        return Arrays.stream(new int[] {node.a(), node.b(), node.c()})
                .filter(o -> o >= 0 && !graph.node(o).isConstant()).toArray();
    }

    /** The operations that a node consists of, as a tree over leaves; a larger number if there are more than allowed. */
    private int cost(int id, int allowed) {
        Node node = graph.node(id);
        if (LaneGraph.isLeaf(node)) {
            return 0;
        }
        if (allowed == 0 || !LaneGraph.isVector(node) || node.op() == Operator.DIVIDE) {
            return 1000;
        }
        int sum = 1;
        for (int operand : operands(id)) {
            sum += cost(operand, allowed - 1);
        }
        return sum;
    }

    /** Operands first, depth first, with a stack of its own. */
    private void visit(int target) {
        Set<Integer> done = new HashSet<>(order);
        Deque<Integer> stack = new ArrayDeque<>();
        stack.push(target);
        while (!stack.isEmpty()) {
            int id = stack.peek();
            if (done.contains(id) || LaneGraph.isLeaf(graph.node(id))) {
                stack.pop();
                continue;
            }
            boolean ready = true;
            int[] operands = operands(id);
            for (int k = operands.length - 1; k >= 0; k--) {
                if (!done.contains(operands[k]) && !LaneGraph.isLeaf(graph.node(operands[k]))) {
                    stack.push(operands[k]);
                    ready = false;
                }
            }
            if (ready) {
                stack.pop();
                done.add(id);
                order.add(id);
            }
        }
    }

    private void cut() {
        int n = order.size();
        long[] best = new long[n + 1];
        int[] start = new int[n + 1];
        for (int end = 1; end <= n; end++) {
            best[end] = Long.MAX_VALUE;
            for (int from = end - 1; from >= 0 && end - from <= MOST_OPERATIONS && isVector(from) == isVector(end - 1);
                    from--) {
                LaneLoop loop = loop(from, end);
                if (end - from > 1 && loop.operations().size() + ARRAY * (loop.reads().size() + loop.writes().size())
                        > MOST_SIZE) {
                    continue;
                }
                long cost = best[from] + LOOP + loop.operations().size() + loop.reads().size()
                        + loop.writes().size();
                if (cost < best[end]) {
                    best[end] = cost;
                    start[end] = from;
                }
            }
        }
        for (int end = n; end > 0; end = start[end]) {
            loops.add(0, loop(start[end], end));
        }
    }

    private boolean isVector(int at) {
        return LaneGraph.isVector(graph.node(order.get(at)));
    }

    private LaneLoop loop(int from, int end) {
        Set<Integer> operations = new LinkedHashSet<>();
        Set<Integer> reads = new LinkedHashSet<>();
        List<Integer> writes = new ArrayList<>();
        for (int i = from; i < end; i++) {
            int id = order.get(i);
            boolean alone = cheap[id] && lastUse[id] != Integer.MAX_VALUE;
            if (!alone) {
                add(id, from, true, operations, reads);
                if (lastUse[id] >= end) {
                    writes.add(id);
                }
            }
        }
        return new LaneLoop(List.copyOf(operations), List.copyOf(reads), writes);
    }

    private void add(int id, int from, boolean inside, Set<Integer> operations, Set<Integer> reads) {
        if (operations.contains(id)) {
            return;
        }
        if (LaneGraph.isLeaf(graph.node(id)) || !inside) {
            reads.add(id);
            return;
        }
        for (int operand : operands(id)) {
            add(operand, from, cheap[operand] || !LaneGraph.isLeaf(graph.node(operand))
                    && position[operand] >= from, operations, reads);
        }
        operations.add(id);
    }
}
