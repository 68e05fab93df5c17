package org.nagumo.datagen.ode;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nagumo.core.equations.Expression;

/** Reads what the directives {@code unit}, {@code spike} and {@code plane} state. */
final class TraitsReader {

    private final Directives directives;
    private final Names names;
    private final Faults faults;

    TraitsReader(Directives directives, Names names, Faults faults) {
        this.directives = directives;
        this.names = names;
        this.faults = faults;
    }

    /**
     * Reads the directives; a fault leaves out what it concerns.
     *
     * @param plane the formula of the plane; null when none is stated
     */
    OdeTraits read(Expression plane) {
        return new OdeTraits(units(), spike(), plane(plane));
    }

    private Optional<StatedUnits> units() {
        Map<String, Directives.Scale> said = directives.units;
        Directives.Scale current = said.get("current");
        Directives.Scale duration = said.get("duration");
        if (current == null || duration == null) {
            said.values().forEach(each -> faults.add(each.place(), "'unit' states only '" + each.name()
                    + "'; allowed: unit current NUMBER, duration NUMBER"));
            return Optional.empty();
        }
        if (current.value() == 0 || duration.value() <= 0) {
            Directives.Scale wrong = current.value() == 0 ? current : duration;
            faults.add(wrong.place(), "'unit " + wrong.name() + "' is " + wrong.value() + "; allowed: "
                    + (wrong == current ? "a number other than 0" : "a positive number"));
            return Optional.empty();
        }
        return Optional.of(new StatedUnits(current.value(), duration.value()));
    }

    private Optional<StatedSpike> spike() {
        Map<String, Directives.Scale> said = directives.spike;
        if (said.isEmpty()) {
            return Optional.empty();
        }
        Directives.Scale above = said.get("above");
        Directives.Scale below = said.get("below");
        Directives.Scale rearm = said.get("rearm");
        if ((above == null) == (below == null) || rearm == null || rearm.value() <= 0) {
            faults.add(said.values().iterator().next().place(), "'spike' states " + said.values().stream()
                    .map(each -> each.name() + " " + each.value()).toList() + "; allowed: spike above NUMBER, rearm"
                    + " POSITIVE NUMBER, or below in the place of above");
            return Optional.empty();
        }
        return Optional.of(new StatedSpike((above == null ? below : above).value(), above == null, rearm.value()));
    }

    private Optional<OdePlane> plane(Expression formula) {
        if (formula == null) {
            return Optional.empty();
        }
        List<String> states = names.named(Names.Kind.STATE);
        String other = formula.names().stream().filter(name -> !states.contains(name)).findFirst().orElse(null);
        if (other != null || formula.names().isEmpty()) {
            faults.add(directives.plane.place(), "'plane " + directives.plane.text() + "' "
                    + (other == null ? "has no state" : "uses '" + other + "', which is no state")
                    + "; allowed: a formula of states, of " + states);
            return Optional.empty();
        }
        return Optional.of(new OdePlane(directives.plane.text(), formula));
    }
}
