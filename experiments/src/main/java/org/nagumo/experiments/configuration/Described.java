package org.nagumo.experiments.configuration;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a component of a record means to the person who writes it in a file. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Described {

    /** Meaning, unit and what is allowed. */
    String value();

    /** The key in the file; by default the component's name with underscores, as {@code window_ms}. */
    String key() default "";

    /** Whether the file has to say it; otherwise the component has the value of the section's standard. */
    boolean required() default false;
}
