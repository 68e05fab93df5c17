package org.nagumo.experiments.export;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.nagumo.core.equations.Binary;
import org.nagumo.core.equations.Call;
import org.nagumo.core.equations.Conditional;
import org.nagumo.core.equations.Definition;
import org.nagumo.core.equations.Expression;
import org.nagumo.core.equations.ExpressionPrinter;
import org.nagumo.core.equations.Negation;

/** Cuts formulas whose text would be too long into parts that are temporaries. The operations stay the same. */
final class FormulaCutter {

    private final ExpressionPrinter printer;
    private final int longest;
    private final Supplier<String> names;
    private final Map<Expression, String> texts = new IdentityHashMap<>();

    /**
     * @param printer writes the formulas
     * @param longest most characters of a formula
     * @param names   gives names to the parts
     */
    FormulaCutter(ExpressionPrinter printer, int longest, Supplier<String> names) {
        this.printer = printer;
        this.longest = longest;
        this.names = names;
    }

    /**
     * Cuts a formula.
     *
     * @param expression the formula
     * @param parts      gets the parts, each of which uses only those before it
     * @return the formula that uses the parts
     */
    Expression cut(Expression expression, List<Definition> parts) {
        if (length(expression) <= longest) {
            return expression;
        }
        List<Expression> operands = expression.operands().stream().map(each -> cut(each, parts)).toList();
        Expression result = with(expression, operands);
        while (length(result) > longest) {
            int largest = 0;
            for (int k = 1; k < operands.size(); k++) {
                largest = length(operands.get(k)) > length(operands.get(largest)) ? k : largest;
            }
            String name = names.get();
            parts.add(new Definition(name, operands.get(largest), "", ""));
            List<Expression> shorter = new ArrayList<>(operands);
            shorter.set(largest, Expression.variable(name));
            operands = shorter;
            result = with(expression, operands);
        }
        return result;
    }

    private int length(Expression expression) {
        return texts.computeIfAbsent(expression, printer::print).length();
    }

    private static Expression with(Expression expression, List<Expression> operands) {
        if (expression instanceof Binary binary) {
            return Expression.binary(binary.operator(), operands.get(0), operands.get(1));
        }
        if (expression instanceof Negation) {
            return operands.get(0).negate();
        }
        if (expression instanceof Call call) {
            return Expression.call(call.function(), operands.toArray(new Expression[0]));
        }
        if (expression instanceof Conditional) {
            return Expression.conditional(operands.get(0), operands.get(1), operands.get(2));
        }
        return expression;
    }
}
