package io.pgherder.controller.plan.safety;

import io.pgherder.controller.observation.NodeObservation;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.StandbyLimits;
import io.pgherder.controller.plan.HotStandbyValues;
import io.pgherder.controller.plan.PlanProblem;
import io.pgherder.controller.plan.RestartOrder;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static io.pgherder.controller.plan.HotStandbyValues.isLess;

/**
 * A standby with less of certain settings than its primary does not start, or stops replaying. Growing them, and shrinking them, is a matter
 * of order and taken care of; but a standby must have replayed the primary's smaller value before it takes its own, and so has to stream.
 *
 * @see <a href="https://www.postgresql.org/docs/15/hot-standby.html#HOT-STANDBY-ADMIN">hot standby parameters</a>
 */
final class StandbysKeepUpWithTheirPrimary implements SafetyCheck {
    @Override
    public List<Problem> problems(Situation situation) {
        HotStandbyValues values = new HotStandbyValues(situation);
        return StandbyLimits.defaults().keySet().stream()
                .flatMap(setting -> Stream.concat(
                        situation.nodes().stream().flatMap(node -> undecided(situation, node, setting).stream()),
                        situation.standbys().stream()
                                .flatMap(standby -> new Pair(situation, values, standby, setting).problem().stream())))
                .toList();
    }

    /** A restart for other reasons would put in force what somebody has set by ALTER SYSTEM and what cannot be seen before. */
    private static Optional<Problem> undecided(Situation situation, NodeName node, String setting) {
        return Optional.of(node)
                .filter(situation::runs)
                .map(situation::settingsDrift)
                .filter(drift -> drift.undecided().contains(setting)
                        && !drift.awaitingRestart().isEmpty())
                .map(drift -> Problem.of(
                                PlanProblem.STANDBY_BELOW_PRIMARY,
                                "the restart of " + node + " would change its " + setting
                                        + ", and nobody can see to what")
                        .about(node.value())
                        .detail("an ALTER SYSTEM has changed it, and waits for the restart")
                        .detail("a standby with less than its primary has stops replaying, or does not start")
                        .hint("on " + node + ": ALTER SYSTEM RESET " + setting + "; SELECT pg_reload_conf()"));
    }

    /** A standby beside its primary, in one setting. */
    private record Pair(Situation situation, HotStandbyValues values, NodeName standby, String setting) {
        Optional<Problem> problem() {
            NodeName primary = situation.primary();
            Optional<Integer> own = values.willHave(standby, setting);
            Optional<Integer> theirs = values.willHave(primary, setting);
            if (isLess(own, theirs)) {
                return Optional.of(below(own, primary + " will have " + theirs.get())
                        .hint(values.stronger(standby, setting)
                                .map(found -> "take it away there: on " + standby + ", ALTER SYSTEM RESET " + setting
                                        + ", if that was an ALTER SYSTEM")
                                .orElseGet(() -> enoughForBoth(primary))));
            }
            Optional<Integer> inForce = values.inForce(primary, setting);
            if (isLess(own, inForce)) {
                return unreplayed(inForce.get(), below(own, "in force on " + primary + ": " + inForce.get()));
            }
            Optional<Integer> replayed = values.replayed(standby, setting);
            return isLess(own, replayed)
                    ? unreplayed(
                            replayed.get(),
                            below(own, standby + " has replayed only that its primary has " + replayed.get()))
                    : Optional.empty();
        }

        private String enoughForBoth(NodeName primary) {
            return situation.topology().node(primary).settings().containsKey(setting)
                    ? "give " + standby + " at least as much as " + primary
                    : "declare " + setting + ", so that " + standby + " has at least as much as " + primary
                            + ", or take back what somebody has changed on one of them";
        }

        /** Its primary restarts before it, and then it replays the smaller value: if it can. */
        private Optional<Problem> unreplayed(int needed, Problem below) {
            String keep = ": keep " + needed + " in the file until then";
            if (!situation.runs(standby)) {
                return Optional.of(below.hint((situation.isInstalled(standby) ? "" : "make " + standby + " first: ")
                        + "lower " + setting + " when " + standby + " runs, and can replay the smaller value" + keep));
            }
            if (situation.observation(situation.primary()) instanceof NodeObservation.Unreachable) {
                // Whether it is cut off nobody knows, and that one cannot be seen is told.
                return Optional.empty();
            }
            if (RestartOrder.isCutOff(situation, standby)) {
                return Optional.of(below.detail(standby + " gets no WAL from its primary")
                        .hint(
                                values.inForce(situation.primary(), setting)
                                                .filter(now -> now < needed)
                                                .isPresent()
                                        ? "run this again when " + standby
                                                + " streams, and has replayed the smaller value"
                                        : "lower " + setting + " when " + standby
                                                + " streams, and can replay the smaller value" + keep));
            }
            Optional<String> heldUp = heldUp();
            if (heldUp.isPresent()) {
                return Optional.of(below.detail(heldUp.get())
                        .hint("lower " + setting + " when " + standby
                                + " replays without delay, and can replay the smaller" + " value" + keep));
            }
            List<String> raised = values.raisedAbove(standby);
            return raised.isEmpty()
                    ? Optional.empty()
                    : Optional.of(below.detail("and " + standby + " has to have more of " + String.join(", ", raised)
                                    + " before the primary has")
                            .hint("one after the other: lower " + setting + " and apply, then raise "
                                    + String.join(", ", raised)));
        }

        /** Why it does not replay the smaller value soon, as a running one says. */
        private Optional<String> heldUp() {
            Optional<ServerFacts> server = situation.server(standby);
            if (server.filter(ServerFacts::replayPaused).isPresent()) {
                return Optional.of("its replay is paused");
            }
            return Optional.ofNullable(
                            situation.topology().node(standby).settings().get(ServerFacts.APPLY_DELAY))
                    .or(() -> server.flatMap(ServerFacts::applyDelay))
                    .filter(delay -> !delay.matches("0[a-z]*"))
                    .map(delay -> "it replays " + delay + " late: " + ServerFacts.APPLY_DELAY);
        }

        private Problem below(Optional<Integer> own, String theirs) {
            boolean isDeclared = situation.topology().node(standby).settings().containsKey(setting);
            String value = own.map(String::valueOf).orElse("");
            String whence = values.stronger(standby, setting)
                    .map(found -> "decided for " + standby + " by " + found.origin() + ": " + value)
                    .orElse(
                            isDeclared
                                    ? "declared for " + standby + ": " + value
                                    : "not declared for " + standby + ", which would have: " + value);
            return Problem.of(
                            PlanProblem.STANDBY_BELOW_PRIMARY,
                            standby + " would stop replaying: its " + setting + " is below the primary's")
                    .about(standby.value())
                    .detail(whence)
                    .detail(theirs);
        }
    }
}
