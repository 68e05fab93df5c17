/**
 * The continuous-time GRU, one set of equations in several views:
 * <ul>
 * <li>{@link org.nagumo.core.gru.ContinuousTimeGruGraph}: plain SameDiff, the definition;</li>
 * <li>{@link org.nagumo.core.gru.SameDiffContinuousTimeGru}: that graph as a SameDiff layer of Deeplearning4j, to read
 * and change;</li>
 * <li>{@link org.nagumo.core.gru.ContinuousTimeGru}: the recurrent layer for use;</li>
 * <li>{@link org.nagumo.core.gru.FusedGru} and {@link org.nagumo.core.gru.FusedReadout}: the computation behind it, for
 * training loops of one's own;</li>
 * <li>{@link org.nagumo.core.gru.ContinuousTimeGruField}: the flow that a phase portrait shows.</li>
 * </ul>
 * All share the parameters of {@link org.nagumo.core.gru.GruParameters}.
 */
package org.nagumo.core.gru;
