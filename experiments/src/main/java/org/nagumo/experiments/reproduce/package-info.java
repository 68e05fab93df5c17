/**
 * The main job from end to end ({@link org.nagumo.experiments.reproduce.Reproduction}): it joins data generation,
 * training, evaluation and report, and leaves parsing and printing to the command line. Any student is held beside any
 * teacher in {@link org.nagumo.experiments.reproduce.Evaluations}.
 */
package org.nagumo.experiments.reproduce;
