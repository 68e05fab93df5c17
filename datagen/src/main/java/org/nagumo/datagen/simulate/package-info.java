/**
 * Currents, responses and the integration of neurons: many at once in batches
 * ({@link org.nagumo.datagen.simulate.BatchSimulator}) by the methods of {@link org.nagumo.datagen.simulate.Integration},
 * and one at a time by an error-controlled reference ({@link org.nagumo.datagen.simulate.ReferenceSimulator}), which also
 * locates spikes. Everything that answers a current is an {@link org.nagumo.datagen.simulate.ExcitableSystem}; trained
 * networks are too.
 */
package org.nagumo.datagen.simulate;
