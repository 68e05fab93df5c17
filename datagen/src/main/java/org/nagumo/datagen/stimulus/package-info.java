/**
 * Injected currents. Each kind is one small class that implements {@link org.nagumo.datagen.stimulus.Stimulus};
 * random ones draw from named streams ({@link org.nagumo.datagen.stimulus.RandomStreams}), so that a seed gives the
 * same current on every machine.
 */
package org.nagumo.datagen.stimulus;
