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
 * them, and their ends are chosen by dynamic programming such that few values pass through memory. An operation or two
 * on leaves are repeated rather than stored.
 */
final class LaneSchedule {

    /** Most operations in a loop. */
    private static final int MOST_OPERATIONS = 40;

    /** The size of a loop up to which HotSpot (JDK 17, AVX2) made vectors, an array counting as {@link #ARRAY}. */
    private static final int MOST_SIZE = 26;

    /** What an access to an array counts in the size of a loop, in operations. */
    private static final int ARRAY = 4;

    /** What a loop costs by itself, in operations. */
    private static final int LOOP = 4;

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

    /** The operations of a node, as a tree over leaves; a larger number if there are more than allowed. */
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
            Segment segment = new Segment(end);
            for (int from = end - 1; from >= 0 && end - from <= MOST_OPERATIONS && isVector(from) == isVector(end - 1);
                    from--) {
                segment.include(order.get(from));
                int arrays = segment.reads + segment.writes;
                if (end - from == 1 || segment.operations + ARRAY * arrays <= MOST_SIZE) {
                    long cost = best[from] + LOOP + segment.operations + arrays;
                    if (cost < best[end]) {
                        best[end] = cost;
                        start[end] = from;
                    }
                }
            }
        }
        for (int end = n; end > 0; end = start[end]) {
            loops.add(0, loop(start[end], end));
        }
    }

    /** A node that is computed in each loop that needs it and is no result itself. */
    private boolean isRepeated(int id) {
        return cheap[id] && lastUse[id] != Integer.MAX_VALUE;
    }

    /** Counts what {@link #loop} would hold, while the loop grows towards earlier operations. */
    private final class Segment {

        private static final byte READ = 1;
        private static final byte COMPUTED = 2;

        private final int end;
        private final byte[] marks = new byte[graph.size()];
        private int operations;
        private int reads;
        private int writes;

        Segment(int end) {
            this.end = end;
        }

        void include(int id) {
            if (isRepeated(id)) {
                return;
            }
            if (lastUse[id] >= end) {
                writes++;
            }
            compute(id);
        }

        private void compute(int id) {
            if (marks[id] == COMPUTED) {
                return;
            }
            if (marks[id] == READ) {
                reads--;
            }
            marks[id] = COMPUTED;
            operations++;
            Node node = graph.node(id);
            operand(node.a());
            operand(node.b());
            operand(node.c());
        }

        private void operand(int id) {
            if (id < 0 || graph.node(id).isConstant() || marks[id] != 0) {
                return;
            }
            if (cheap[id] && !LaneGraph.isLeaf(graph.node(id))) {
                compute(id);
            } else {
                marks[id] = READ;
                reads++;
            }
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
            if (!isRepeated(id)) {
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
            add(operand, from, cheap[operand] || position[operand] >= from, operations, reads);
        }
        operations.add(id);
    }
}
