package org.nagumo.core.dynamics;

import java.util.Optional;

/**
 * What became of an orbit that was followed to find a stable limit cycle.
 *
 * @param outcome what it does in the end
 * @param cycle   the cycle, present when the outcome is {@link Outcome#CYCLE} and then only
 */
public record CycleSearch(Outcome outcome, Optional<LimitCycle> cycle) {

    /** What an orbit does in the end. */
    public enum Outcome {
        /** It returns to itself and attracts its neighbours. */
        CYCLE,
        /** It comes to rest. */
        REST,
        /** It grows beyond all bounds, or reaches a state at which the field is not finite. */
        LOST,
        /** It has neither come to rest nor returned to itself in the time, or the number of evaluations, given. */
        UNSETTLED,
        /** It returns to itself without attracting its neighbours, as around a centre; told in the plane only. */
        NEUTRAL
    }

    public CycleSearch {
        if (cycle.isPresent() != (outcome == Outcome.CYCLE)) {
            throw new IllegalArgumentException("outcome is " + outcome + (cycle.isPresent() ? " with" : " without")
                    + " a cycle; allowed: a cycle with CYCLE and with nothing else");
        }
    }

    static CycleSearch none(Outcome outcome) {
        return new CycleSearch(outcome, Optional.empty());
    }
}
