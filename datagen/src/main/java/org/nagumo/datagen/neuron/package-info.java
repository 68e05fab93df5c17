/**
 * Point neurons as vector fields with named parameters and units. A neuron is a file of equations
 * ({@link org.nagumo.datagen.neuron.EquationNeuron}): derivative, Jacobian, enclosure, region of equilibria, loops over
 * many states and typical ranges follow from it. Those that ship are among the resources of this module. A class that
 * implements {@link org.nagumo.datagen.neuron.Neuron} and is listed in a file of services is a neuron as well, see
 * {@link org.nagumo.datagen.neuron.Neurons}. How neurons are integrated is the business of
 * {@code org.nagumo.datagen.simulate}.
 */
package org.nagumo.datagen.neuron;
