package org.nagumo.datagen.ode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nagumo.datagen.io.InputException;

/** What is wrong with an {@code .ode} file is said in one line for each fault, with its place. */
class OdeFaultsTest {

    @TempDir
    private Path folder;

    private static OdeFile parse(String text) {
        return OdeReader.parse("bad.ode", text, OdeChoice.NONE);
    }

    private static String message(String text) {
        OdeException e = catchThrowableOfType(OdeException.class, () -> parse(text));
        assertThat(e).as("no fault in: %s", text).isNotNull();
        assertThat(e.getMessage().lines()).hasSameSizeAs(e.faults());
        return e.getMessage();
    }

    /** A text with / for line breaks, and the start of its only fault. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "v'=sine(v)                   | 1:4: unknown function 'sine'; did you mean 'sin'? allowed: [abs, acos,",
        "v'=-v+gn/par gna=1           | 1:7: unknown name 'gn'; did you mean 'gna'? allowed: the names that",
        "v'=a*v/a=b+1/b=2*a           | 2:1: temporaries need each other in a cycle: ",
        "v'=-v/par g=1/g=2            | 3:1: 'g' is defined twice, first in line 2; allowed: one definition",
        "v'=-v/V'=v                   | 2:1: 'V' is defined twice, first in line 1; allowed: one definition",
        "v'=-v/f(x)=x/f=3             | 3:1: 'f' is defined twice, first in line 2; allowed: one definition",
        "v'=-v/init w=1               | 2:6: 'w' has an initial value, but no equation; allowed: one of [v]",
        "v'=w-v/w(0)=1                | 1:4: unknown name 'w'; it has an initial value, but no equation w'=form",
        "par a=1                      | 1:1: has no differential equation; allowed: at least one, x'=formula",
        "v'=v/(2-2)                   | 1:5: divides by '2-2', which is 0; allowed: a divisor other than 0",
        "# nagumo: input i/v'=-v/par i| 1:17: no equation reads the current 'i'; allowed: []",
        "# nagumo: input j/v'=-v+i/p i| 1:17: there is no parameter 'j' for the injected current; did you mean 'i'?",
        "# nagumo: output u/v'=-v     | 1:18: there is no state 'u' for the potential; did you mean 'v'?",
        "# nagumo: inptu i/v'=-v      | 1:11: unknown word 'inptu' behind 'nagumo:'; did you mean 'input'?",
        "# nagumo: scale v x/v'=-v    | 1:17: scale of 'v' is 'x'; allowed: a positive number",
        "# nagumo: about q mV/v'=-v   | 1:17: 'about' speaks of 'q', which the file does not define; did",
        "# nagumo: require v>0/v'=-v  | 1:11: 'require v>0' uses 'v', which is no parameter; allowed:",
        "v'=-v/wiener w               | 2:1: noise (wiener) is not supported; allowed: ",
        "v'=-v/global 1 v {v=0}       | 2:1: resets at events (global) are not supported; allowed: ",
        "v'=f(v)/table f a.tab        | 2:1: tables are not supported; allowed: ",
        "v'=z-v/markov z 2/{0} {v}/{1} {0} | 2:1: random jumps (markov) are not supported; allowed: ",
        "v'=k(v)/special k=conv(even,1,2,w,v) | 2:1: sums over arrays (special) are not supported; allowed: ",
        "v'=-delay(v,2)               | 1:5: delays are not supported; allowed: ",
        "v'=-v+ran(1)                 | 1:7: random numbers (ran) are not supported; allowed: ",
        "v'=-v+normal(0,1)            | 1:7: random numbers (normal) are not supported; allowed: ",
        "v'=sum(0,1)of(v)             | 1:4: sums, sum(..)of(..), are not supported; allowed: ",
        "v(t+1)=v                     | 1:1: maps, v(t+1)=, are not supported; allowed: ",
        "v'=-v/0=v                    | 2:1: algebraic equations (0=) are not supported; allowed: ",
        "v'=-v/u(t)=int{v}            | 2:1: integral equations (int) are not supported; allowed: ",
        "v'=-v/parm a=1               | 2:1: unknown statement 'parm'; did you mean 'par'? allowed: ",
        "v'=-v/par a=1+2              | 2:7: '1+2' is no number for 'a'; allowed: a number; a formula",
        "v'=-v/par a=1e999            | 2:7: '1e999' is no number for 'a'; allowed: a number;",
        "v'=-v/par 3=a                | 2:5: '3=a' is no name; allowed: par name=number,",
        "v'=-v/par t=1                | 2:5: 't' is defined as a parameter, but t is the time; allowed: other names",
        "v'=-v/exp=1                  | 2:1: 'exp' is defined as a temporary, but has a meaning of its own",
        "v'=(v                        | 1:6: unexpected the end of the statement; allowed here: an operator or ')'",
        "v'=v)                        | 1:5: unexpected ')'; allowed here: an operator or the end of the statement",
        "v'=v+                        | 1:6: unexpected the end of the statement; allowed here: a number, a name",
        "v'=2v                        | 1:5: unexpected 'v'; allowed here: an operator or the end",
        "v'=v$                        | 1:5: unexpected character '$'; allowed: numbers, names and",
        "v'=1e999*v                   | 1:4: number 1e999 is too large; allowed: up to 1.797",
        "v'=if(v>0)then(1)            | 1:18: unexpected the end of the statement; allowed here: else of",
        "v'=max(v)                    | 1:4: function 'max' has 1 argument; allowed: 2",
        "v'=f(v)/f(x,y)=x             | 1:4: function 'f' has 1 argument; allowed: 2",
        "v'=v(2)                      | 1:4: 'v' is no function; allowed: an operator between it and '('",
        "v'=exp+1                     | 1:4: 'exp' is a function without arguments here; allowed: exp(...)",
        "v'=f(v)/f(x)=g(x)/g(x)=f(x)  | 3:6: function 'f' needs its own value; allowed: functions without cycles",
        "v'=-v/f(x,X)=x               | 2:5: argument 'X' has the name of another one; allowed: different names",
        "v'=-v/!g=v+1                 | 2:2: the derived parameter 'g' uses 'v', which is no parameter; allowed:",
        "v'=-v/v(0)=v                 | 2:1: the initial value of 'v' depends on more than parameters; allowed:",
        "v'=-v/v(0)=ln(0)             | 2:1: the initial value of 'v' is -Infinity; allowed: a finite number",
        "x[1..z]'=1                   | 1:2: is no range of an array; allowed: [first..last] with two integers",
        "v'=x[k]                      | 1:5: is no index; allowed: [number], and in arrays [j],",
        "%[1..3]/x[j]'=1              | 1:1: the block has no end; allowed: a line with '%' behind its statements",
        "#include other.ode/v'=1      | 1:1: included files are not supported; allowed: one file",
        "2 3 4/v'=1                   | 1:1: is no statement; allowed: x'=.., name=..,",
    })
    void everyFault(String text, String expected) {
        String message = message(text.replaceAll("/(?!\\()", "\n"));
        assertThat(message).startsWith("bad.ode:" + expected).doesNotContain("\n");
    }

    @Test
    void allFaultsAtOnceInTheOrderOfTheirPlaces() {
        assertThat(message("par a=x\nwiener w\nv'=-w+b\nm'=foo(m)\n").lines()
                .map(line -> line.replaceFirst("bad.ode:([0-9]+:[0-9]+): .*", "$1")))
                .containsExactly("1:7", "2:1", "3:7", "4:4");
    }

    @Test
    void aContinuedLineKnowsItsPlaces() {
        assertThat(message("v'=1+\\\n  2+\\\n  q")).startsWith("bad.ode:3:3: unknown name 'q'");
    }

    @Test
    void aFileThatIsMissingOrTooLarge() throws Exception {
        Path missing = folder.resolve("none.ode");
        assertThatThrownBy(() -> OdeReader.read(missing)).isInstanceOf(InputException.class)
                .hasMessage(missing + ": there is no such file; allowed: a file of equations in XPPAUT's language");
        Path large = folder.resolve("large.ode");
        Files.write(large, new byte[10_000_000]);
        assertThatThrownBy(() -> OdeReader.read(large)).isInstanceOf(InputException.class)
                .hasMessage(large + ":1:1: has 10000000 bytes; allowed: 1048576");
    }

    /** One short fault, on a thread with a small stack. */
    @ParameterizedTest
    @ValueSource(strings = {"parentheses", "calls", "signs", "powers", "sum", "functions", "towers", "conditions",
        "blanks", "arrays", "temporaries", "unknown"})
    void hugeTextsEndInOneLine(String kind) throws Exception {
        String text = switch (kind) {
            case "parentheses" -> "v'=" + "(".repeat(10_000) + "v" + ")".repeat(9_000);
            case "calls" -> "v'=" + "exp(".repeat(3_000) + "v" + ")".repeat(3_000);
            case "signs" -> "v'=" + "-".repeat(10_000) + "v";
            case "powers" -> "v'=v" + "^2".repeat(5_000);
            case "sum" -> "v'=v" + "+1".repeat(9_000);
            case "functions" -> doubling();
            case "towers" -> tower();
            case "conditions" -> "v'=" + "if(1)then(".repeat(1_500) + "v";
            case "blanks" -> "v'=" + " ".repeat(1_000_000) + "v";
            case "arrays" -> "x[1..999999]'=[j]";
            case "temporaries" -> chain();
            default -> "v'=1\n" + "nonsense here\n".repeat(20_000);
        };
        String[] message = new String[1];
        Throwable[] failure = new Throwable[1];
        Thread reader = new Thread(null, () -> message[0] = message(text), "small stack", 512 * 1024);
        reader.setUncaughtExceptionHandler((thread, e) -> failure[0] = e);
        reader.start();
        reader.join();
        assertThat(failure[0]).isNull();
        assertThat(message[0].lines()).allMatch(line -> line.length() < 1000);
        assertThat(message[0].lines().count()).isLessThanOrEqualTo(kind.equals("unknown") ? 100 : 1);
    }

    /** Written out, this has 2^60 terms. */
    private static String doubling() {
        StringBuilder text = new StringBuilder("f0(x)=x+1\nv'=f60(v)\n");
        for (int k = 1; k <= 60; k++) {
            text.append("f").append(k).append("(x)=f").append(k - 1).append("(x)*f").append(k - 1).append("(x)\n");
        }
        return text.toString();
    }

    private static String tower() {
        StringBuilder text = new StringBuilder("f0(x)=x+1\nv'=f5000(v)\n");
        for (int k = 1; k <= 5_000; k++) {
            text.append("f").append(k).append("(x)=1+f").append(k - 1).append("(x)\n");
        }
        return text.toString();
    }

    private static String chain() {
        StringBuilder text = new StringBuilder("v'=a0\n");
        for (int k = 0; k < 5_000; k++) {
            text.append("a").append(k).append("=a").append(k + 1).append("+1\n");
        }
        return text.append("a5000=a0\n").toString();
    }

    /** Whatever a file holds, the reader ends with its content or with faults. */
    @Test
    void randomTextsNeverBreakTheReader() {
        String[] parts = {"v", "'", "=", "(", ")", "[", "]", "..", "1", "j", "\n", "\\\n", "%", "#", "# nagumo: ",
            "input ", "about ", ":", "par ", "init ", "f(x)=", "if(", "then(", "else(", "+", "-", "^", ">", ",", " ",
            "d", "/dt", "!", "@", "\"", "aux ", "1e", "e", ".", "t", "exp(", "scale ", "require ", "{", "}", "&",
            "\t", "0", "(0)", "\u0000", "\u00e9"};
        SplittableRandom random = new SplittableRandom(7);
        for (int k = 0; k < 5_000; k++) {
            StringBuilder text = new StringBuilder("v'=");
            for (int n = random.nextInt(30); n > 0; n--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            try {
                parse(text.toString());
            } catch (OdeException e) {
                assertThat(e.faults()).isNotEmpty();
            }
        }
    }
}
