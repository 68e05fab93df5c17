/**
 * Protocol files: a data set written down in some twenty lines of YAML ({@link org.nagumo.datagen.protocol.Protocol}).
 * All faults of a file are reported at once, each with file, line, column and what is allowed. Kinds of stimulus are
 * {@link org.nagumo.datagen.protocol.StimulusKind}s; those of other projects are found by the class path.
 */
package org.nagumo.datagen.protocol;
