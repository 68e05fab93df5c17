/**
 * Point neurons as vector fields with named parameters and units. A new neuron is one class that implements
 * {@link org.nagumo.datagen.neuron.Neuron} and one line in a file of services, see
 * {@link org.nagumo.datagen.neuron.Neurons}; how it is integrated is the business of {@code
 * org.nagumo.datagen.simulate}.
 */
package org.nagumo.datagen.neuron;
