package org.nagumo.core.equations;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Computes something for a tree from what it is for the operands. Parts that are shared are visited once.
 *
 * @param <T> what is computed
 */
abstract class TreeFold<T> {

    private final Map<Expression, T> known = new IdentityHashMap<>();

    final T of(Expression expression) {
        T result = known.get(expression);
        if (result == null) {
            result = combine(expression, expression.operands().stream().map(this::of).toList());
            known.put(expression, result);
        }
        return result;
    }

    /**
     * Computes the result for one node.
     *
     * @param expression the node
     * @param operands   the results for its operands, in their order
     * @return the result
     */
    abstract T combine(Expression expression, List<T> operands);
}
