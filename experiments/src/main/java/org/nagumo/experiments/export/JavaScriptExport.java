package org.nagumo.experiments.export;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.nagumo.core.equations.Definition;
import org.nagumo.core.equations.EquationSystem;
import org.nagumo.core.equations.ExpressionPrinter;
import org.nagumo.core.equations.Parameter;
import org.nagumo.core.equations.State;
import org.nagumo.core.equations.SystemScript;

/**
 * One ECMAScript module without imports: the equations as the explorer runs them, see {@link SystemScript}, and their
 * integration by the method that is used here, see {@link Stepping}.
 */
public final class JavaScriptExport implements ExportDialect {

    private static final String SIMULATE = """
            // The response to a current. current: array of numbers, CURRENT, each held until the next sample. dt: time
            // from one sample to the next, TIME. sample: longest time, TIME, that SUBSTEPS steps of the method cover.
            // Returns voltage, POTENTIAL, and states, an array for each of STATES; the first values are at the start.
            export function simulate(current, dt, {sample = SAMPLE, initial = INITIAL, parameters = PARAMETERS} = {}) {
              if (current.length === 0 || !Array.from(current).every(Number.isFinite)) {
                throw new RangeError('current: allowed: finite numbers, at least one');
              }
              if (!(dt > 0 && dt < Infinity && sample > 0 && sample < Infinity)) {
                throw new RangeError(`dt is ${dt}, sample is ${sample}; allowed: positive, finite numbers`);
              }
              const system = make(parameters);
              const substeps = SUBSTEPS * Math.max(1, Math.ceil(dt / sample * (1 - 1e-9)));
              const h = dt / substeps;
              const n = INITIAL.length;
              const x = Float64Array.from(initial);
              const y = new Float64Array(n);
              const k = new Float64Array(n);
              const change = new Float64Array(n);
              const voltage = new Float64Array(current.length);
              const states = STATES.map(() => new Float64Array(current.length));
              for (let s = 0; s < current.length; s++) {
                voltage[s] = potential(system, x, current[s]);
                states.forEach((state, j) => { state[s] = x[j]; });
                for (let step = 0; step < substeps; step++) {
                  change.fill(0);
                  for (let stage = 0; stage < INNER.length; stage++) {
                    for (let j = 0; j < n; j++) { y[j] = x[j] + (stage === 0 ? 0 : INNER[stage] * h * k[j]); }
                    system.derivative(y, current[s], k);
                    for (let j = 0; j < n; j++) { change[j] += WEIGHTS[stage] * k[j]; }
                  }
                  for (let j = 0; j < n; j++) { x[j] += h * change[j]; }
                }
                if (!Number.isFinite(voltage[s])) {
                  throw new RangeError('the voltage is not finite; allowed: a smaller sample, a weaker current');
                }
              }
              return {voltage, states};
            }
            """;

    @Override
    public String name() {
        return "javascript";
    }

    @Override
    public String ending() {
        return ".mjs";
    }

    @Override
    public String program() {
        return "JavaScript";
    }

    @Override
    public Export export(ExportedSystem exported, String stem) {
        EquationSystem system = exported.system();
        Stepping stepping = exported.stepping();
        List<String> head = new ArrayList<>(Header.lines(exported, "Needs: a browser or Node.js; no other file",
                "Method: " + stepping.name(), "Run: import {simulate} from './" + stem + ending()
                        + "'; const {voltage} = simulate(current, dt);", "Equations, with four digits:"));
        Documented.lines(system, name -> name).forEach(line -> head.add("    " + line));
        StringBuilder text = new StringBuilder();
        head.forEach(line -> text.append("// ").append(line).append('\n'));
        text.append('\n').append(SystemScript.of(system)).append('\n')
                .append("export const STATES = [").append(system.states().stream()
                        .map(each -> "'" + each.name() + "'").collect(Collectors.joining(", "))).append("];\n")
                .append("// Initial values: at rest, unless the head says otherwise.\n")
                .append("export const INITIAL = [").append(list(system.states().stream().map(State::initial).toList()))
                .append("];\nexport const PARAMETERS = [\n");
        for (Parameter each : system.parameters()) {
            text.append("  ").append(ExpressionPrinter.decimal(each.value())).append(", // ").append(each.name())
                    .append(' ').append(Header.about(each.unit(), each.comment()).replaceAll("\\s+", " "))
                    .append('\n');
        }
        text.append("];\n// Stage s is at x + INNER[s] h k[s-1].\nconst INNER = [").append(list(stepping.inner()))
                .append("];\nconst WEIGHTS = [").append(list(stepping.weights())).append("];\nexport const SAMPLE = ")
                .append(ExpressionPrinter.decimal(stepping.sample())).append(";\nconst SUBSTEPS = ")
                .append(stepping.substeps()).append(";\n\n").append(potential(exported))
                .append(SIMULATE.replace("CURRENT", unit(exported.units().current()))
                        .replace("POTENTIAL", unit(exported.units().potential()))
                        .replace("TIME", unit(exported.units().time())));
        return new Export(List.of(new Export.File(ending(), text.toString().replaceAll(" +\n", "\n"))), List.of());
    }

    private static String potential(ExportedSystem exported) {
        EquationSystem system = exported.system();
        if (exported.potentialIsState()) {
            int k = system.states().stream().map(State::name).toList().indexOf(exported.potential());
            return "function potential(system, x) { return x[" + k + "]; }\n\n";
        }
        int k = system.outputs().stream().map(Definition::name).toList().indexOf(exported.potential());
        return "const outputs = new Float64Array(" + system.outputs().size() + ");\n"
                + "function potential(system, x, i) { system.outputs(x, i, outputs); return outputs[" + k + "]; }\n\n";
    }

    private static String unit(String unit) {
        return Header.unit(unit).strip();
    }

    private static String list(List<Double> values) {
        return values.stream().map(ExpressionPrinter::decimal).collect(Collectors.joining(", "));
    }
}
