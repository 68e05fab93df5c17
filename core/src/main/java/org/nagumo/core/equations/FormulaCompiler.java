package org.nagumo.core.equations;

import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_PRIVATE;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACC_STATIC;
import static org.objectweb.asm.Opcodes.ACONST_NULL;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ASTORE;
import static org.objectweb.asm.Opcodes.DALOAD;
import static org.objectweb.asm.Opcodes.DASTORE;
import static org.objectweb.asm.Opcodes.DLOAD;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.NEWARRAY;
import static org.objectweb.asm.Opcodes.RETURN;
import static org.objectweb.asm.Opcodes.T_DOUBLE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.objectweb.asm.MethodVisitor;

/**
 * Compiles a {@link Formula} to one straight line of instructions. Each operation is the one that {@link
 * Formula#interpret} makes, in the same order, so that both give the same bits. A long formula is cut into several
 * methods, because the JVM neither loads methods beyond 64 KB nor optimises those beyond 8 KB; values that a later
 * method needs are passed in an array.
 */
final class FormulaCompiler {

    /** Operations in a method: about ten bytes each. */
    private static final int MOST_OPERATIONS = 500;

    /** Results that a method writes, about eight bytes each: the JVM does not compile methods of more than 8000. */
    private static final int MOST_RESULTS = 800;

    /** So many results that are zero are written at once, as in the Jacobian matrices of large systems. */
    private static final int MANY_ZEROS = 32;

    private static final String DESCRIPTOR = "(D[D[D[D[D)V";
    private static final String PART = "(D[D[D[D[D[D)V";
    private static final int STATES = 2;
    private static final int INPUTS = 3;
    private static final int CONSTANTS = 4;
    private static final int OUT = 5;
    private static final int WORK = 6;

    private final Formula formula;
    private final GeneratedClass generated = new GeneratedClass("Compiled", Formula.Code.class);
    /** Number of the method that computes a node. */
    private final int[] part;
    /** Place of a node in the work array, -1 if one method alone needs it. */
    private final int[] shared;

    private Emitter emitter;
    private Map<Integer, Integer> locals;
    private Map<Long, Integer> powers;
    private int current;

    private FormulaCompiler(Formula formula) {
        this.formula = formula;
        part = new int[formula.nodes.length];
        shared = new int[formula.nodes.length];
    }

    static Formula.Code compile(Formula formula) {
        return new FormulaCompiler(formula).compile();
    }

    private boolean isComputed(int id) {
        return formula.needed[id] && formula.varies[id] && !(formula.nodes[id].op() instanceof Node.Leaf);
    }

    private Formula.Code compile() {
        List<Integer> order = new ArrayList<>();
        for (int id = 0; id < formula.nodes.length; id++) {
            if (isComputed(id)) {
                part[id] = order.size() / MOST_OPERATIONS;
                order.add(id);
            }
        }
        int[] results = IntStream.range(0, formula.targets.length).filter(i -> !isZero(formula.targets[i])).toArray();
        boolean zeros = formula.targets.length - results.length >= MANY_ZEROS;
        if (!zeros) {
            results = IntStream.range(0, formula.targets.length).toArray();
        }
        int computing = Math.max(1, (order.size() + MOST_OPERATIONS - 1) / MOST_OPERATIONS);
        // Few results are written where the last of them are computed, many by methods of their own.
        int parts = computing - 1 + Math.max(1, (results.length + MOST_RESULTS - 1) / MOST_RESULTS);
        int work = share(order, results, computing);
        for (int k = 0; k < parts; k++) {
            int chunk = k - (computing - 1);
            writePart(k, k >= computing ? List.of() : order.subList(Math.min(order.size(), k * MOST_OPERATIONS),
                    Math.min(order.size(), (k + 1) * MOST_OPERATIONS)), chunk < 0 ? new int[0]
                    : Arrays.copyOfRange(results, Math.min(results.length, chunk * MOST_RESULTS),
                            Math.min(results.length, (chunk + 1) * MOST_RESULTS)));
        }
        MethodVisitor run = generated.method(ACC_PUBLIC | ACC_FINAL, "run", DESCRIPTOR);
        Emitter main = new Emitter(run);
        if (work == 0) {
            run.visitInsn(ACONST_NULL);
        } else {
            main.integer(work);
            run.visitIntInsn(NEWARRAY, T_DOUBLE);
        }
        int array = 7;
        run.visitVarInsn(ASTORE, array);
        if (zeros) {
            run.visitVarInsn(ALOAD, OUT + 1);
            main.integer(0);
            main.integer(formula.targets.length);
            main.number(0);
            run.visitMethodInsn(INVOKESTATIC, "java/util/Arrays", "fill", "([DIID)V", false);
        }
        for (int k = 0; k < parts; k++) {
            run.visitVarInsn(DLOAD, 1);
            for (int argument : new int[] {3, 4, 5, 6, array}) {
                run.visitVarInsn(ALOAD, argument);
            }
            run.visitMethodInsn(INVOKESTATIC, generated.name(), "part" + k, PART, false);
        }
        run.visitInsn(RETURN);
        generated.end(run);
        return (Formula.Code) generated.instance();
    }

    private boolean isZero(int id) {
        return formula.nodes[id].isConstant() && Double.doubleToRawLongBits(formula.nodes[id].value()) == 0;
    }

    /** Finds the values that methods pass to later ones. */
    private int share(List<Integer> order, int[] results, int computing) {
        Arrays.fill(shared, -1);
        int count = 0;
        for (int id : order) {
            Node node = formula.nodes[id];
            for (int operand : new int[] {node.a(), node.b(), node.c()}) {
                if (operand >= 0 && isComputed(operand) && part[operand] != part[id] && shared[operand] < 0) {
                    shared[operand] = count++;
                }
            }
        }
        for (int k = 0; k < results.length; k++) {
            int target = formula.targets[results[k]];
            int writing = computing - 1 + k / MOST_RESULTS;
            if (isComputed(target) && part[target] != writing && shared[target] < 0) {
                shared[target] = count++;
            }
        }
        return count;
    }

    private void writePart(int number, List<Integer> order, int[] results) {
        MethodVisitor method = generated.method(ACC_PRIVATE | ACC_STATIC, "part" + number, PART);
        emitter = new Emitter(method, WORK + 1);
        locals = new HashMap<>();
        powers = new HashMap<>();
        current = number;
        for (int id : order) {
            operation(id);
            int local = emitter.store();
            locals.put(id, local);
            if (shared[id] >= 0) {
                method.visitVarInsn(ALOAD, WORK);
                emitter.integer(shared[id]);
                method.visitVarInsn(DLOAD, local);
                method.visitInsn(DASTORE);
            }
        }
        for (int i : results) {
            method.visitVarInsn(ALOAD, OUT);
            emitter.integer(i);
            load(formula.targets[i]);
            method.visitInsn(DASTORE);
        }
        method.visitInsn(RETURN);
        generated.end(method);
    }

    private void load(int id) {
        Node node = formula.nodes[id];
        Integer local = locals.get(id);
        if (local != null) {
            emitter.method().visitVarInsn(DLOAD, local);
        } else if (node.isConstant()) {
            emitter.number(node.value());
        } else if (node.op() == Node.Leaf.TIME) {
            emitter.method().visitVarInsn(DLOAD, 0);
        } else if (node.op() == Node.Leaf.STATE) {
            element(STATES, node.index());
            keep(id);
        } else if (node.op() == Node.Leaf.INPUT) {
            element(INPUTS, node.index());
            keep(id);
        } else if (!formula.varies[id]) {
            element(CONSTANTS, formula.place[id]);
            keep(id);
        } else {
            element(WORK, shared[id]);
            keep(id);
        }
    }

    private void element(int array, int index) {
        emitter.method().visitVarInsn(ALOAD, array);
        emitter.integer(index);
        emitter.method().visitInsn(DALOAD);
    }

    /** Keeps what was loaded from an array in a local variable. */
    private void keep(int id) {
        int local = emitter.store();
        locals.put(id, local);
        emitter.method().visitVarInsn(DLOAD, local);
    }

    private void operation(int id) {
        Node node = formula.nodes[id];
        if (node.op() == Operator.POWER && formula.nodes[node.b()].isConstant()
                && RealMath.isMultiplied(formula.nodes[node.b()].value())) {
            load(node.a());
            int base = emitter.store();
            emitter.method().visitVarInsn(DLOAD, power(node.a(), base, (int) formula.nodes[node.b()].value()));
            return;
        }
        for (int operand : new int[] {node.a(), node.b(), node.c()}) {
            if (operand >= 0) {
                load(operand);
            }
        }
        emitter.apply(node.op());
    }

    /** The local variable of an integer power, computed as {@link RealMath#power} does. */
    private int power(int id, int base, int exponent) {
        if (exponent == 1) {
            return base;
        }
        long key = (long) id << 32 | exponent;
        Integer known = powers.get(key);
        if (known == null) {
            int half = power(id, base, exponent / 2);
            emitter.method().visitVarInsn(DLOAD, half);
            emitter.method().visitVarInsn(DLOAD, half);
            emitter.apply(Operator.MULTIPLY);
            if (exponent % 2 == 1) {
                emitter.method().visitVarInsn(DLOAD, base);
                emitter.apply(Operator.MULTIPLY);
            }
            known = emitter.store();
            powers.put(key, known);
        }
        return known;
    }
}
