package org.nagumo.experiments.export;

import java.util.List;
import org.nagumo.core.equations.Dialect;
import org.nagumo.core.equations.Function;
import org.nagumo.core.equations.Operator;

/**
 * A dialect with other names.
 *
 * @param base  the dialect
 * @param names the names
 */
record RenamedDialect(Dialect base, NameTable names) implements Dialect {

    @Override
    public String number(double value) {
        return base.number(value);
    }

    @Override
    public String name(String name) {
        return base.name(names.of(name));
    }

    @Override
    public Infix infix(Operator operator) {
        return base.infix(operator);
    }

    @Override
    public String operation(Operator operator, String left, String right) {
        return base.operation(operator, left, right);
    }

    @Override
    public String call(Function function, List<String> arguments) {
        return base.call(function, arguments);
    }

    @Override
    public String conditional(String condition, String yes, String no) {
        return base.conditional(condition, yes, no);
    }

    @Override
    public String prelude() {
        return base.prelude();
    }
}
