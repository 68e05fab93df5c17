/**
 * Currents, responses and the integration of neurons: fast fixed-step batches
 * ({@link org.nagumo.datagen.simulate.NeuronSimulator}) and an error-controlled reference
 * ({@link org.nagumo.datagen.simulate.ReferenceSimulator}). Everything that answers a current is an
 * {@link org.nagumo.datagen.simulate.ExcitableSystem}; trained networks are too.
 */
package org.nagumo.datagen.simulate;
