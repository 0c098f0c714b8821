package io.pgherder.controller.plan.safety;

import io.pgherder.controller.pgvalue.UpstreamLimits;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.plan.SourceCapacity;
import io.pgherder.controller.problem.Problem;
import java.util.List;
import java.util.stream.Stream;

/** A copy needs two WAL senders of its source, beside one for each standby that streams from there, and each of those a slot. */
final class SourcesServeTheirCopies implements SafetyCheck {
    @Override
    public List<Problem> problems(Situation situation) {
        return SourceCapacity.all(situation).stream()
                .flatMap(source -> Stream.concat(senders(source), slots(source)))
                .toList();
    }

    private static Stream<Problem> senders(SourceCapacity source) {
        if (source.sendersNeeded() <= source.senders()) {
            return Stream.empty();
        }
        return Stream.of(problem(source, UpstreamLimits.MAX_WAL_SENDERS, source.senders(), source.sendersNeeded())
                .detail((source.followers().size() - 1) + " for standbys that stream from it, "
                        + UpstreamLimits.SENDERS_OF_A_COPY + " for a copy"
                        + (source.strangers() == 0 ? "" : ", " + source.strangers() + " in use by others")));
    }

    private static Stream<Problem> slots(SourceCapacity source) {
        if (source.slotsNeeded() <= source.slots()) {
            return Stream.empty();
        }
        return Stream.of(problem(source, UpstreamLimits.MAX_REPLICATION_SLOTS, source.slots(), source.slotsNeeded())
                .detail((source.slotsNeeded() - source.foreignSlots()) + " for "
                        + (source.keepsSlots() ? "standbys that stream from it" : "a copy")
                        + (source.foreignSlots() == 0 ? "" : ", " + source.foreignSlots() + " for others")));
    }

    private static Problem problem(SourceCapacity source, String setting, int there, int needed) {
        return Problem.of(
                        PreflightProblem.SOURCE_TOO_SMALL,
                        source.node() + " cannot serve all its copies: its " + setting + " is too low")
                .about(source.node().value())
                .detail(setting + ": " + there + ", needed: " + needed)
                .hint("declare " + setting + ": " + needed
                        + " or more under settings; or let clone.from of some standbys name another node");
    }
}
