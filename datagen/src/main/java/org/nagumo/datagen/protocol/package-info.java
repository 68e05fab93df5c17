/**
 * Protocol files: a data set written down in some twenty lines of YAML ({@link org.nagumo.datagen.protocol.Protocol}).
 * Every fault is reported with file, line, column and what is allowed.
 */
package org.nagumo.datagen.protocol;
