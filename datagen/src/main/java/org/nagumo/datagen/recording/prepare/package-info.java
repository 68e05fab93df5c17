/**
 * Steps that make a recording ready, each a {@link org.nagumo.datagen.recording.Signal} on others: unit conversion,
 * corrections of the potential for junction potential, series resistance or electrode, resampling to another step, and
 * cutting. They compose in any order and read their inputs piece by piece.
 */
package org.nagumo.datagen.recording.prepare;
