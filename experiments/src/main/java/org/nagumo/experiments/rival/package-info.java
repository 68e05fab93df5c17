/**
 * Integrate-and-fire neurons that are fitted to a recorded cell, for a network to be compared with: the generalized
 * integrate-and-fire neuron of Mensi et al. (2012) and Pozzorini et al. (2015), and the adaptive exponential one of
 * Brette and Gerstner (2005).
 *
 * <pre>
 *   GifModel gif = GifFit.of(cell, Role.TRAIN, criterion);
 *   AdexModel adex = AdexFit.of(cell, Role.TRAIN, criterion, gif);
 * </pre>
 */
package org.nagumo.experiments.rival;
