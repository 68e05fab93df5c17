package org.nagumo.core.gru;

import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.graph.ComputationGraphUpdater;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;

/**
 * {@link InPlaceUpdater} for graphs.
 *
 * <pre>{@code
 * graph.setUpdater(new InPlaceGraphUpdater(graph));
 * }</pre>
 */
public final class InPlaceGraphUpdater extends ComputationGraphUpdater {

    private final OwnArrays own;

    /** The updater of an initialised graph; {@link ComputationGraph#setUpdater} then puts it to work. */
    public InPlaceGraphUpdater(ComputationGraph graph) {
        super(graph, graph.getUpdater().getStateViewArray());
        own = new OwnArrays(getFlattenedGradientsView(), getParams());
    }

    @Override
    public synchronized void update(Gradient gradient, int iteration, int epoch, int minibatch,
            LayerWorkspaceMgr workspaceMgr) {
        super.update(own.recognise(gradient, getFlattenedGradientsView(), getParams()), iteration, epoch, minibatch,
                workspaceMgr);
    }
}
