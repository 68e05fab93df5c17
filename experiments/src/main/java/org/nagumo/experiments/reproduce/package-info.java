/**
 * The main job from end to end ({@link org.nagumo.experiments.reproduce.Reproduction}): it joins data generation,
 * training, evaluation and report, and leaves parsing and printing to the command line.
 */
package org.nagumo.experiments.reproduce;
