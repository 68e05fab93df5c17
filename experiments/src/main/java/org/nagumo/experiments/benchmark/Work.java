package org.nagumo.experiments.benchmark;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a benchmark method is called in the table. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Work {

    /** What is done. */
    String value();

    /** Name of the work, of the same number of units and the same minibatch, that it is compared with. */
    String against() default "";
}
