package org.nagumo.experiments.notebook;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/**
 * The cells of a notebook, run one after another in one JShell inside this Java machine, with its class path. What a
 * cell prints goes to {@link System#out}.
 */
public final class Cells implements AutoCloseable {

    private final JShell shell;

    /** Begins a notebook, in which the figures and the collections of Java are imported. */
    public Cells() {
        shell = JShell.builder().executionEngine("local").build();
        for (String entry : classPath().split(java.io.File.pathSeparator)) {
            shell.addToClasspath(entry);
        }
        run("import java.util.*; import java.util.stream.*; import java.nio.file.*;"
                + " import static org.nagumo.experiments.notebook.Show.*;");
    }

    /** The class path of this Java machine, also where a test runner hides it. */
    static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** A cell that failed: the message says what was wrong and where. */
    public static final class CellException extends RuntimeException {

        private static final long serialVersionUID = 1;

        CellException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Runs a cell.
     *
     * @return the value of its last line when that is an expression without a semicolon, as text, else null
     * @throws CellException when a part of it does not compile, is not complete, or throws
     */
    public String run(String cell) {
        String value = null;
        String rest = cell;
        while (!rest.isBlank()) {
            CompletionInfo info = shell.sourceCodeAnalysis().analyzeCompletion(rest);
            if (info.completeness() == Completeness.EMPTY) {
                break;
            }
            if (!info.completeness().isComplete()) {
                throw new CellException((info.completeness() == Completeness.UNKNOWN ? "is not Java: "
                        : "is not complete: ")
                        + rest.strip(), null);
            }
            boolean wanted = !rest.substring(0, rest.length() - info.remaining().length()).strip().endsWith(";");
            value = null;
            for (SnippetEvent event : shell.eval(info.source())) {
                check(event);
                if (event.causeSnippet() == null && wanted && isExpression(event.snippet())) {
                    value = event.value();
                }
            }
            rest = info.remaining();
        }
        return value;
    }

    private static boolean isExpression(Snippet snippet) {
        return snippet.kind() == Snippet.Kind.EXPRESSION
                || snippet.subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND;
    }

    private void check(SnippetEvent event) {
        if (event.exception() != null) {
            Throwable thrown = event.exception();
            String name = thrown instanceof EvalException inside ? inside.getExceptionClassName()
                    : thrown.getClass().getName();
            throw new CellException(name + ": " + thrown.getMessage(), thrown);
        }
        if (!event.status().isActive() || !event.status().isDefined()) {
            List<String> faults = new ArrayList<>();
            shell.diagnostics(event.snippet()).forEach(fault -> faults.add(fault.getMessage(Locale.ROOT)));
            if (event.snippet() instanceof DeclarationSnippet declaration) {
                shell.unresolvedDependencies(declaration).forEach(name -> faults.add("there is no " + name));
            }
            throw new CellException(String.join("\n", faults) + "\nin: " + event.snippet().source().strip(), null);
        }
    }

    /** How a piece of code may go on at a place: the texts that may stand from {@code from[0]} on. */
    List<String> completions(String code, int at, int[] from) {
        return new ArrayList<>(shell.sourceCodeAnalysis().completionSuggestions(code, at, from).stream()
                .map(SourceCodeAnalysis.Suggestion::continuation).distinct().toList());
    }

    /** Ends what a cell is doing. */
    void interrupt() {
        shell.stop();
    }

    @Override
    public void close() {
        shell.close();
    }
}
