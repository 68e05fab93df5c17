package org.nagumo.core.equations;

import java.util.List;

/**
 * One loop over the lanes.
 *
 * @param operations the nodes that it computes, operands first; some may be computed in other loops as well
 * @param reads      nodes whose values it reads from arrays: states, inputs, the time and results of earlier loops
 * @param writes     nodes whose values it stores for later loops or as results
 */
record LaneLoop(List<Integer> operations, List<Integer> reads, List<Integer> writes) { }
