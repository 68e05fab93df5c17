package org.nagumo.core.equations;

/**
 * An expression would be nested deeper than {@link Expression#MAX_DEPTH} or hold more nodes than
 * {@link Expression#MAX_SIZE}. It is thrown where the node beyond the limit is created, so that a reader of text can
 * report the place where it stands.
 */
public final class ExpressionLimitException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    ExpressionLimitException(String message) {
        super(message);
    }
}
