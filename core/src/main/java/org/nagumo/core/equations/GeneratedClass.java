package org.nagumo.core.equations;

import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.INVOKESPECIAL;
import static org.objectweb.asm.Opcodes.RETURN;
import static org.objectweb.asm.Opcodes.V17;

import java.lang.invoke.MethodHandles;
import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/**
 * A class that is written at run time. The instructions are written directly with the ASM library. Java source text
 * would need a compiler: the JDK's is absent from a JRE, and its first run takes about 0.7 s, Janino's about 0.6 s
 * (measured in a new process on the machine of the benchmarks), where a file of equations has to be ready within 0.1 s.
 * ASM needs about 0.05 s.
 *
 * <p>The class is hidden: it lives in this package, may use its members, and disappears with its last instance.
 */
final class GeneratedClass {

    private static final String PACKAGE = GeneratedClass.class.getPackageName().replace('.', '/') + "/";

    private final String name;
    private final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);

    /**
     * @param simpleName name in this package
     * @param type       the interface that the class implements
     */
    GeneratedClass(String simpleName, Class<?> type) {
        name = PACKAGE + simpleName;
        writer.visit(V17, ACC_PUBLIC | ACC_FINAL, name, null, "java/lang/Object",
                new String[] {Type.getInternalName(type)});
        MethodVisitor constructor = method(ACC_PUBLIC, "<init>", "()V");
        constructor.visitVarInsn(ALOAD, 0);
        constructor.visitMethodInsn(INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        constructor.visitInsn(RETURN);
        end(constructor);
    }

    /** The internal name, by which methods of the class call each other. */
    String name() {
        return name;
    }

    MethodVisitor method(int access, String methodName, String descriptor) {
        MethodVisitor method = writer.visitMethod(access, methodName, descriptor, null, null);
        method.visitCode();
        return method;
    }

    void end(MethodVisitor method) {
        method.visitMaxs(0, 0);
        method.visitEnd();
    }

    /**
     * Loads the class.
     *
     * @throws IllegalArgumentException when the equations are too long for a class of the JVM
     */
    Object instance() {
        writer.visitEnd();
        try {
            return MethodHandles.lookup().defineHiddenClass(writer.toByteArray(), true,
                    MethodHandles.Lookup.ClassOption.NESTMATE).lookupClass().getDeclaredConstructor().newInstance();
        } catch (ClassTooLargeException | MethodTooLargeException e) {
            throw new IllegalArgumentException("the equations are too long: compiled, they need more than the JVM holds"
                    + " in a class; allowed: fewer or shorter equations", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("compiled equations cannot be loaded", e);
        }
    }
}
