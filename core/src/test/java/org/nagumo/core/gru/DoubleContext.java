package org.nagumo.core.gru;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.buffer.util.DataTypeUtil;
import org.nd4j.linalg.factory.Nd4j;

/** The global switch to double precision on which {@code GradientCheckUtil} insists, for the time of a test class. */
final class DoubleContext implements BeforeAllCallback, AfterAllCallback {

    private DataType former;

    @Override
    public void beforeAll(ExtensionContext context) {
        former = Nd4j.dataType();
        DataTypeUtil.setDTypeForContext(DataType.DOUBLE);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        DataTypeUtil.setDTypeForContext(former);
    }
}
