/**
 * The continuous-time GRU, one set of equations in several views:
 * <ul>
 * <li>{@link org.nagumo.core.gru.ContinuousTimeGruGraph}: plain SameDiff, the definition;</li>
 * <li>{@link org.nagumo.core.gru.SameDiffContinuousTimeGru}: that graph as a SameDiff layer of Deeplearning4j, to read
 * and change;</li>
 * <li>{@link org.nagumo.core.gru.ContinuousTimeGru}: the recurrent layer for use;</li>
 * <li>{@link org.nagumo.core.gru.LinearReadout}: Deeplearning4j's output layer for it, in one pass where it is linear
 * under the squared error;</li>
 * <li>{@link org.nagumo.core.gru.InPlaceUpdater} and {@link org.nagumo.core.gru.InPlaceGraphUpdater}: the stock
 * updater in less than half of its time;</li>
 * <li>{@link org.nagumo.core.gru.FusedGru} and {@link org.nagumo.core.gru.FusedReadout}: the computation behind it, for
 * training loops of one's own;</li>
 * <li>{@link org.nagumo.core.gru.ContinuousTimeGruField}: the flow that a phase portrait shows.</li>
 * </ul>
 * Single precision is two to four times as fast in a process that is started with
 * {@code java --add-modules jdk.incubator.vector}: it begins with plain loops and changes over to vector instructions when
 * they pay ({@code -Dnagumo.vector=on} for at once, {@code off} for never). Minibatches of more than 128 sequences run on
 * the threads of the common pool. The numbers depend on neither, to the last bit.
 *
 * <p>The equations, with F shared features u where they are asked for:
 * <pre>
 *   u = tanh([x, h] FW + Fb)
 *   z = sigma(x Wz + h Uz + u Vz + bz)
 *   r = sigma(x Wr + h Ur + u Vr + br)
 *   c = tanh (x Wh + (r * h) Uh + u Vh + bh)
 *   tau dh/dt = (1 - z)(c - h)
 * </pre>
 * A unit's gates are single sigmoids of its sources; through a sum of features they become a function of input and
 * state of any shape, as in a network with a hidden layer. The shared features are the same for all gates and units and
 * read the state before the reset.
 *
 * <p>All share the parameters of {@link org.nagumo.core.gru.GruParameters} and the options of
 * {@link org.nagumo.core.gru.GruEquations}.
 *
 * <table border="1">
 * <caption>What a recurrent layer of Deeplearning4j 1.0.0-M2.1 can do. The tests hold every entry of the last column,
 * and those in which another layer falls short.</caption>
 * <thead><tr><th></th><th>LSTM</th><th>SimpleRnn</th><th>on the stock SameDiffLayer</th>
 * <th>ContinuousTimeGru</th></tr></thead>
 * <tbody>
 * <tr><td>gradients</td><td>exact without masks</td><td>exact without masks</td><td>twice the gradient</td>
 * <td>exact</td></tr>
 * <tr><td>state over masked steps</td><td>lost</td><td>lost</td><td>up to the layer</td><td>held</td></tr>
 * <tr><td>truncated backpropagation: gradient of a segment</td><td>as if it began at state zero</td>
 * <td>as if it began at state zero</td><td>no state</td><td>from the state that was carried over</td></tr>
 * <tr><td>truncated backpropagation: a shorter length back</td><td colspan="2">when the layer is called itself;
 * networks do not ask for it</td><td>no</td><td>as the LSTM</td></tr>
 * <tr><td>{@code rnnTimeStep}, stored states</td><td>yes</td><td>yes</td><td>no</td><td>yes, bit for bit one
 * pass</td></tr>
 * <tr><td>sequences of any length from call to call</td><td>yes</td><td>yes</td><td>one length a graph</td>
 * <td>yes</td></tr>
 * <tr><td>Bidirectional, LastTimeStep, MaskZeroLayer</td><td>yes</td><td>yes</td><td>no</td><td>yes</td></tr>
 * <tr><td>NCW and NWC</td><td>yes</td><td>yes</td><td>up to the layer</td><td>yes</td></tr>
 * <tr><td>L1, L2, weight decay, gradient clipping, constraints</td><td>yes</td><td>yes</td><td>yes</td>
 * <td>yes</td></tr>
 * <tr><td>dropout of the input, weight noise</td><td>yes</td><td>yes</td><td>ignored</td><td>yes</td></tr>
 * <tr><td>an updater for each parameter</td><td>weights and biases</td><td>weights and biases</td>
 * <td>weights and biases</td><td>any parameter</td></tr>
 * <tr><td>transfer learning, freezing, files, JSON, YAML</td><td>yes</td><td>yes</td><td>yes</td><td>yes</td></tr>
 * <tr><td>ParallelWrapper, early stopping, statistics in the browser</td><td>yes</td><td>yes</td><td>yes</td>
 * <td>yes</td></tr>
 * <tr><td>first state</td><td>zero</td><td>zero</td><td>up to the layer</td><td>zero, fixed, learned, or given by a
 * vertex</td></tr>
 * <tr><td>time step, substeps</td><td>no</td><td>no</td><td>up to the layer</td><td>yes</td></tr>
 * <tr><td>time constants</td><td>no</td><td>no</td><td>up to the layer</td><td>of each unit, fixed or learned above a
 * bound</td></tr>
 * <tr><td>irregular time</td><td>no</td><td>no</td><td>up to the layer</td><td>an interval for each step, with its
 * gradient</td></tr>
 * <tr><td>a hidden layer before the gates</td><td>no</td><td>no</td><td>up to the layer</td><td>shared
 * features</td></tr>
 * <tr><td>integrators</td><td>no</td><td>no</td><td>up to the layer</td><td>Euler, Heun, Runge-Kutta 4, exponential
 * Euler</td></tr>
 * <tr><td>what is not finite</td><td>passes on</td><td>passes on</td><td>passes on</td><td>refused, with layer and
 * place</td></tr>
 * </tbody>
 * </table>
 *
 * @see <a href="https://aclanthology.org/D14-1179/">Cho et al., Learning phrase representations using RNN
 *      encoder-decoder for statistical machine translation, EMNLP 2014, equations 5 to 8</a>
 */
package org.nagumo.core.gru;
