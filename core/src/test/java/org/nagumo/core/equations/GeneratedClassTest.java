package org.nagumo.core.equations;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class GeneratedClassTest {

    /** A method of the JVM has less than 65536 bytes. */
    @Test
    void equationsThatDoNotFitIntoAClassAreRefused() {
        GeneratedClass generated = new GeneratedClass("Long", Runnable.class);
        MethodVisitor run = generated.method(Opcodes.ACC_PUBLIC, "run", "()V");
        for (int i = 0; i < 65_536; i++) {
            run.visitInsn(Opcodes.NOP);
        }
        run.visitInsn(Opcodes.RETURN);
        generated.end(run);
        assertThatThrownBy(generated::instance).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the equations are too long").hasMessageContaining("allowed: fewer or shorter");
    }
}
