/**
 * Neurons and trained networks as dynamical systems, in the units of the laboratory: their phase portraits
 * ({@link org.nagumo.experiments.dynamics.Portraits}), their bifurcation diagrams, and a network beside its teacher
 * ({@link org.nagumo.experiments.dynamics.Comparison}). What is computed is a record of plain numbers, which is
 * printed, drawn, and saved and read back by {@link org.nagumo.experiments.dynamics.RecordFile}.
 *
 * <p>{@link org.nagumo.experiments.dynamics.PredictionTask} asks a network for nothing but the flow: 29 steps of 1 ms
 * of FitzHugh and Nagumo's orbits from their first state. Its main class prints (seed 1, 6000 minibatches)
 * <table border="1">
 * <caption>Root of the mean squared error on 500 orbits that were never trained on</caption>
 * <thead><tr><th>units</th><th>parameters</th><th>RMS error</th><th>of the orbits' spread</th></tr></thead>
 * <tbody>
 * <tr><td>2</td><td>38</td><td>0.0773</td><td>7.4 %</td></tr>
 * <tr><td>4</td><td>98</td><td>0.0658</td><td>6.3 %</td></tr>
 * <tr><td>8</td><td>290</td><td>0.0284</td><td>2.7 %</td></tr>
 * <tr><td>16</td><td>962</td><td>0.0173</td><td>1.7 %</td></tr>
 * </tbody>
 * </table>
 */
package org.nagumo.experiments.dynamics;
