package org.nagumo.core.equations;

import static org.objectweb.asm.Opcodes.BIPUSH;
import static org.objectweb.asm.Opcodes.DADD;
import static org.objectweb.asm.Opcodes.DCONST_0;
import static org.objectweb.asm.Opcodes.DCONST_1;
import static org.objectweb.asm.Opcodes.DDIV;
import static org.objectweb.asm.Opcodes.DMUL;
import static org.objectweb.asm.Opcodes.DNEG;
import static org.objectweb.asm.Opcodes.DSTORE;
import static org.objectweb.asm.Opcodes.DSUB;
import static org.objectweb.asm.Opcodes.ICONST_0;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.SIPUSH;

import java.util.Locale;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/** Writes operations on numbers to a method. */
final class Emitter {

    private static final String REAL_MATH = Type.getInternalName(RealMath.class);

    private final MethodVisitor method;
    private int next;

    Emitter(MethodVisitor method) {
        this(method, 0);
    }

    /**
     * @param firstLocal number of the first free local variable
     */
    Emitter(MethodVisitor method, int firstLocal) {
        this.method = method;
        this.next = firstLocal;
    }

    MethodVisitor method() {
        return method;
    }

    /** Reserves a local variable for a number. */
    int local() {
        next += 2;
        return next - 2;
    }

    /** Moves the number on the stack to a new local variable. */
    int store() {
        int local = local();
        method.visitVarInsn(DSTORE, local);
        return local;
    }

    void integer(int value) {
        if (value >= -1 && value <= 5) {
            method.visitInsn(ICONST_0 + value);
        } else if (value == (byte) value) {
            method.visitIntInsn(BIPUSH, value);
        } else if (value == (short) value) {
            method.visitIntInsn(SIPUSH, value);
        } else {
            method.visitLdcInsn(value);
        }
    }

    void number(double value) {
        if (Double.doubleToRawLongBits(value) == 0) {
            method.visitInsn(DCONST_0);
        } else if (value == 1) {
            method.visitInsn(DCONST_1);
        } else {
            method.visitLdcInsn(value);
        }
    }

    /** Applies an operation to its operands on the stack. */
    void apply(Enum<?> op) {
        if (op instanceof Operator operator) {
            operator(operator);
        } else if (op instanceof Function function) {
            function(function);
        } else if (op == LaneGraph.Lane.SCALED) {
            call(REAL_MATH, "scaled", 2);
        } else {
            switch ((Node.Inner) op) {
                case NEGATE -> method.visitInsn(DNEG);
                case SELECT -> call(REAL_MATH, "select", 3);
                case SIGMOID -> call(REAL_MATH, "sigmoid", 1);
                case SIGMOID_SLOPE -> call(REAL_MATH, "sigmoidSlope", 1);
            }
        }
    }

    private void operator(Operator operator) {
        switch (operator) {
            case ADD -> method.visitInsn(DADD);
            case SUBTRACT -> method.visitInsn(DSUB);
            case MULTIPLY -> method.visitInsn(DMUL);
            case DIVIDE -> method.visitInsn(DDIV);
            default -> call(REAL_MATH, camelCase(operator), 2);
        }
    }

    private void function(Function function) {
        switch (function) {
            case SQRT, ABS, MIN, MAX, FLOOR -> call("java/lang/Math", camelCase(function), function.arity());
            case LN -> call("java/lang/StrictMath", "log", 1);
            case LOG10, SIN, COS, TAN, ASIN, ACOS, ATAN, ATAN2, SINH, COSH, TANH ->
                call("java/lang/StrictMath", camelCase(function), function.arity());
            default -> call(REAL_MATH, camelCase(function), function.arity());
        }
    }

    private static String camelCase(Enum<?> constant) {
        StringBuilder name = new StringBuilder();
        for (String word : constant.name().toLowerCase(Locale.ROOT).split("_")) {
            name.append(name.length() == 0 ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return name.toString();
    }

    private void call(String owner, String name, int arguments) {
        method.visitMethodInsn(INVOKESTATIC, owner, name, "(" + "D".repeat(arguments) + ")D", false);
    }
}
