package org.nagumo.core.equations;

import static org.objectweb.asm.Opcodes.AALOAD;
import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_PRIVATE;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACC_STATIC;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.DALOAD;
import static org.objectweb.asm.Opcodes.DASTORE;
import static org.objectweb.asm.Opcodes.DLOAD;
import static org.objectweb.asm.Opcodes.GOTO;
import static org.objectweb.asm.Opcodes.ICONST_0;
import static org.objectweb.asm.Opcodes.IF_ICMPGE;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.ISTORE;
import static org.objectweb.asm.Opcodes.RETURN;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/** Compiles loops over many states, each to a method of its own, and a method that runs them one after another. */
final class LaneCompiler {

    /** Compiled loops. */
    interface Code {

        /**
         * Runs all loops.
         *
         * @param lanes  number of lanes
         * @param times  {@code [lane]}
         * @param states {@code [state][lane]}
         * @param inputs {@code [input][lane]}
         * @param out    receives {@code [target][lane]}
         * @param work   {@code [number][lane]}, overwritten
         */
        void run(int lanes, double[] times, double[][] states, double[][] inputs, double[][] out, double[][] work);
    }

    /**
     * Code and the number of work arrays that it needs.
     *
     * @param code the code
     * @param work number of work arrays
     */
    record Compiled(Code code, int work) { }

    private static final String RUN = "(I[D[[D[[D[[D[[D)V";
    private static final int OUT = 5;
    private static final int WORK = 6;

    /** Loops that one method runs. */
    private static final int MOST_CALLS = 100;

    private final LaneGraph graph;
    private final int[] targets;
    private final List<LaneLoop> loops;
    private final GeneratedClass generated = new GeneratedClass("CompiledLoops", Code.class);
    /** Array of a node's values: a target's number, or -1 - number of the work array. */
    private final Map<Integer, Integer> arrays = new HashMap<>();
    private int work;

    private LaneCompiler(LaneGraph graph, int[] targets) {
        this.graph = graph;
        this.targets = targets;
        loops = new LaneSchedule(graph, targets).loops();
    }

    static Compiled compile(LaneGraph graph, int[] targets) {
        return new LaneCompiler(graph, targets).compile();
    }

    private Compiled compile() {
        assignArrays();
        int methods = 0;
        MethodVisitor run = null;
        List<String> parts = new ArrayList<>();
        for (int k = 0; k < loops.size(); k++) {
            writeLoop("loop" + k, loops.get(k));
            if (methods++ % MOST_CALLS == 0) {
                finish(run);
                parts.add("part" + parts.size());
                run = generated.method(ACC_PRIVATE | ACC_STATIC, parts.get(parts.size() - 1), RUN);
            }
            call(run, "loop" + k, loops.get(k));
        }
        finish(run);
        run = generated.method(ACC_PUBLIC | ACC_FINAL, "run", RUN);
        for (String part : parts) {
            run.visitVarInsn(ILOAD, 1);
            for (int argument = 2; argument <= WORK; argument++) {
                run.visitVarInsn(ALOAD, argument);
            }
            run.visitMethodInsn(INVOKESTATIC, generated.name(), part, RUN, false);
        }
        copies(run);
        run.visitInsn(RETURN);
        generated.end(run);
        return new Compiled((Code) generated.instance(), work);
    }

    private void finish(MethodVisitor method) {
        if (method != null) {
            method.visitInsn(RETURN);
            generated.end(method);
        }
    }

    /** Results go to their own arrays, other values to work arrays, which are used again after a value's last use. */
    private void assignArrays() {
        for (int i = 0; i < targets.length; i++) {
            if (!LaneGraph.isLeaf(graph.node(targets[i]))) {
                arrays.putIfAbsent(targets[i], i);
            }
        }
        Map<Integer, Integer> lastRead = new HashMap<>();
        for (int k = 0; k < loops.size(); k++) {
            for (int read : loops.get(k).reads()) {
                lastRead.put(read, k);
            }
        }
        List<Integer> free = new ArrayList<>();
        for (int k = 0; k < loops.size(); k++) {
            for (int write : loops.get(k).writes()) {
                if (!arrays.containsKey(write)) {
                    arrays.put(write, free.isEmpty() ? -1 - work++ : free.remove(free.size() - 1));
                }
            }
            for (int read : loops.get(k).reads()) {
                Integer array = arrays.get(read);
                if (lastRead.get(read) == k && array != null && array < 0) {
                    free.add(array);
                }
            }
        }
    }

    private static String descriptor(LaneLoop loop) {
        return "(I" + "[D".repeat(loop.reads().size() + loop.writes().size()) + ")V";
    }

    private void writeLoop(String name, LaneLoop loop) {
        MethodVisitor method = generated.method(ACC_PRIVATE | ACC_STATIC, name, descriptor(loop));
        int index = 1 + loop.reads().size() + loop.writes().size();
        Emitter emitter = new Emitter(method, index + 1);
        Label top = new Label();
        Label end = new Label();
        method.visitInsn(ICONST_0);
        method.visitVarInsn(ISTORE, index);
        method.visitLabel(top);
        method.visitVarInsn(ILOAD, index);
        method.visitVarInsn(ILOAD, 0);
        method.visitJumpInsn(IF_ICMPGE, end);
        Map<Integer, Integer> locals = new HashMap<>();
        for (int i = 0; i < loop.reads().size(); i++) {
            method.visitVarInsn(ALOAD, 1 + i);
            method.visitVarInsn(ILOAD, index);
            method.visitInsn(DALOAD);
            locals.put(loop.reads().get(i), emitter.store());
        }
        for (int id : loop.operations()) {
            Node node = graph.node(id);
            for (int operand : new int[] {node.a(), node.b(), node.c()}) {
                if (operand >= 0) {
                    Integer local = locals.get(operand);
                    if (local != null) {
                        method.visitVarInsn(DLOAD, local);
                    } else {
                        emitter.number(graph.node(operand).value());
                    }
                }
            }
            emitter.apply(node.op());
            locals.put(id, emitter.store());
        }
        for (int i = 0; i < loop.writes().size(); i++) {
            method.visitVarInsn(ALOAD, 1 + loop.reads().size() + i);
            method.visitVarInsn(ILOAD, index);
            method.visitVarInsn(DLOAD, locals.get(loop.writes().get(i)));
            method.visitInsn(DASTORE);
        }
        method.visitIincInsn(index, 1);
        method.visitJumpInsn(GOTO, top);
        method.visitLabel(end);
        method.visitInsn(RETURN);
        generated.end(method);
    }

    /** Calls a loop from a static method with the parameters of {@link Code#run}. */
    private void call(MethodVisitor method, String name, LaneLoop loop) {
        method.visitVarInsn(ILOAD, 0);
        for (int read : loop.reads()) {
            array(method, read, 0);
        }
        for (int write : loop.writes()) {
            array(method, write, 0);
        }
        method.visitMethodInsn(INVOKESTATIC, generated.name(), name, descriptor(loop), false);
    }

    /**
     * @param first number of the first parameter
     */
    private void array(MethodVisitor method, int id, int first) {
        Node node = graph.node(id);
        if (node.op() == Node.Leaf.TIME) {
            method.visitVarInsn(ALOAD, first + 1);
            return;
        }
        Integer array = arrays.get(id);
        if (node.op() == Node.Leaf.STATE) {
            element(method, first + 2, node.index());
        } else if (node.op() == Node.Leaf.INPUT) {
            element(method, first + 3, node.index());
        } else if (array >= 0) {
            element(method, first + OUT - 1, array);
        } else {
            element(method, first + WORK - 1, -1 - array);
        }
    }

    private static void element(MethodVisitor method, int parameter, int index) {
        method.visitVarInsn(ALOAD, parameter);
        new Emitter(method).integer(index);
        method.visitInsn(AALOAD);
    }

    /** Targets that are leaves, constants or the same node as another target. */
    private void copies(MethodVisitor run) {
        for (int i = 0; i < targets.length; i++) {
            Node node = graph.node(targets[i]);
            if (node.isConstant()) {
                element(run, OUT, i);
                run.visitInsn(ICONST_0);
                run.visitVarInsn(ILOAD, 1);
                new Emitter(run).number(node.value());
                run.visitMethodInsn(INVOKESTATIC, "java/util/Arrays", "fill", "([DIID)V", false);
            } else if (LaneGraph.isLeaf(node) || arrays.get(targets[i]) != i) {
                array(run, targets[i], 1);
                run.visitInsn(ICONST_0);
                element(run, OUT, i);
                run.visitInsn(ICONST_0);
                run.visitVarInsn(ILOAD, 1);
                run.visitMethodInsn(INVOKESTATIC, "java/lang/System", "arraycopy",
                        "(Ljava/lang/Object;ILjava/lang/Object;II)V", false);
            }
        }
    }
}
