package org.nagumo.core.equations;

import java.util.List;
import java.util.regex.Pattern;

/** A name in an expression. */
public final class Variable extends Expression {

    static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]*");

    private final String name;

    Variable(String name) {
        super(name.hashCode());
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name is '" + name
                    + "'; allowed: a letter or underscore, then letters, digits, underscores and dots");
        }
        this.name = name;
    }

    /**
     * The name.
     *
     * @return the name, in the case in which it was given
     */
    public String name() {
        return name;
    }

    @Override
    public List<Expression> operands() {
        return List.of();
    }

    @Override
    boolean sameAs(Expression other) {
        return name.equals(((Variable) other).name);
    }
}
