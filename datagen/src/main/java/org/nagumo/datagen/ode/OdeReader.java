package org.nagumo.datagen.ode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.nagumo.datagen.io.InputException;

/**
 * Reads neurons in the language of XPPAUT's {@code .ode} files (Ermentrout 2002, Simulating, Analyzing, and Animating
 * Dynamical Systems, SIAM).
 *
 * <h2>Statements</h2>
 * Names may be written in upper or lower case. A backslash at the end of a line continues it.
 * <pre>
 *   par gna=120 gk=36, c=1        parameters; also param, params, p; a name alone is 0
 *   number f=96485                numbers that nobody changes
 *   !tau=c/gl                     a parameter that follows from others
 *   x'=formula, dx/dt=formula     a differential equation
 *   init v=-65 n=0.3, x(0)=0.1    initial values; x(0)= takes a formula of parameters as well; also i
 *   minf=formula                  a temporary; the order of temporaries does not matter
 *   f(x,y)=formula                a function
 *   aux ina=formula               an output, which no formula uses
 *   x[1..4]'=-x[j]+[j]            an array; a block from %[1..4] to % repeats several lines
 *   {@literal @} total=200, dt=0.05          options of XPPAUT
 *   set name {...}, bdry, only    skipped: they steer XPPAUT's windows
 *   done                          the end; the rest is not read
 *   # ..., % ..., " ...           comments
 * </pre>
 * Formulas know {@code + - * / ^ **}, {@code > < >= <= == !=}, {@code & | not()}, {@code if()then()else()}, {@code t},
 * {@code pi} and the functions of {@link org.nagumo.core.equations.Function}, with {@code log} the natural logarithm.
 * Precedence is XPPAUT's: a comparison binds as tightly as a power.
 *
 * <p>Refused, each by its line: {@code wiener}, {@code global}, {@code table}, {@code markov}, {@code special},
 * {@code delay()}, {@code ran()}, {@code normal()}, integral and algebraic equations, maps, and included files.
 *
 * <h2>Lines for this program</h2>
 * XPPAUT skips comments; this program reads those that begin with {@code # nagumo:}.
 * <pre>
 *   # nagumo: name hh                                  the neuron's name; else the file's name without its ending
 *   # nagumo: input iapp uA/cm2, output v mV, time ms  the injected current, the potential, and units
 *   # nagumo: about gna mS/cm2: sodium conductance     unit and description of a quantity
 *   # nagumo: about temp C as T: temperature           the same, with the name that people use
 *   # nagumo: scale v 150, m 1                         the typical range of a state
 *   # nagumo: unit current 0.034, duration 3.2         what corresponds to 1 uA/cm2 and 1 ms of the squid's axon
 *   # nagumo: spike above 0, rearm 10                  what counts as a spike; or below
 *   # nagumo: plane (n-h)/2                            what phase portraits show against the potential
 *   # nagumo: require gna >= 0                         a condition on parameters
 * </pre>
 * Without these lines the potential is the state {@code v}, {@code vm}, {@code vs}, ..., {@code u} or {@code x}, or the
 * first state, and the current is the parameter {@code i}, {@code iapp}, {@code i0}, {@code istim}, ...;
 * {@link OdePorts#sentence()} says what was chosen and why.
 *
 * <p>Limits: 1 MB of text, 20000 characters a statement, 100 levels of parentheses, and 300
 * operators in a row.
 */
public final class OdeReader {

    /** Bytes of a file. */
    private static final int LARGEST = 1 << 20;

    private OdeReader() {
    }

    /**
     * Reads a file and leaves the choice of input and potential to it.
     *
     * @param file the file
     * @return its content
     * @throws InputException when the file cannot be read; an {@link OdeException} when it has faults, with one line
     *        for
     *                        each
     */
    public static OdeFile read(Path file) {
        return read(file, OdeChoice.NONE);
    }

    /**
     * Reads a file.
     *
     * @param file   the file, in UTF-8 or ISO 8859-1
     * @param choice what the user says about input and potential
     * @return its content
     * @throws InputException as for {@link #read(Path)}
     */
    public static OdeFile read(Path file, OdeChoice choice) {
        return read(file, neuronName(file.toString()), choice);
    }

    /**
     * Reads a file under another name.
     *
     * @param file   the file, in UTF-8 or ISO 8859-1
     * @param name   name of the neuron, unless the file says another
     * @param choice what the user says about input and potential
     * @return its content
     * @throws InputException as for {@link #read(Path)}
     */
    public static OdeFile read(Path file, String name, OdeChoice choice) {
        try {
            long size = Files.size(file);
            if (size > LARGEST) {
                throw new InputException(file + ":1:1: has " + size + " bytes; allowed: " + LARGEST);
            }
            return parse(file.toString(), name, text(Files.readAllBytes(file)), choice);
        } catch (NoSuchFileException e) {
            throw new InputException(file + ": there is no such file; allowed: a file of equations in XPPAUT's"
                    + " language", e);
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read (" + e.getMessage() + "); allowed: a text file", e);
        }
    }

    /** Comments of older files are often in Latin-1. */
    private static String text(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            text = new String(bytes, StandardCharsets.ISO_8859_1);
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /**
     * Reads a text.
     *
     * @param file   name of the file, for faults and, without folder and ending, for the neuron
     * @param text   the content
     * @param choice what the user says about input and potential
     * @return the content
     * @throws OdeException when the text has faults, with one line for each
     */
    public static OdeFile parse(String file, String text, OdeChoice choice) {
        return parse(file, neuronName(file), text, choice);
    }

    /**
     * The name of the neuron in a file that does not say it.
     *
     * @param file path of the file
     * @return the path without folders and without its ending
     */
    public static String neuronName(String file) {
        String leaf = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
        return leaf.replaceFirst("(?i)\\.ode$", "");
    }

    private static OdeFile parse(String file, String name, String text, OdeChoice choice) {
        Faults faults = new Faults(file);
        if (text.length() > LARGEST) {
            faults.add(Place.START, "has " + text.length() + " characters; allowed: " + LARGEST);
            faults.report();
        }
        List<SourceLine> lines = SourceLines.of(text, faults);
        Declarations declarations = StatementReader.read(lines, faults);
        return new OdeSystemBuilder(declarations, faults).build(file, name, text, choice);
    }
}
