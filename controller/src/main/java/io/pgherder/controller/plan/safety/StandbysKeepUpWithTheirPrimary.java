package io.pgherder.controller.plan.safety;

import io.pgherder.controller.drift.SettingsDrift;
import io.pgherder.controller.observation.ServerFacts.Setting;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.StandbyLimits;
import io.pgherder.controller.plan.PlanProblem;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A standby with less of certain settings than its primary does not start, or stops replaying. Growing them is a matter of order and
 * taken care of; shrinking takes two applies, because a standby must have replayed the primary's smaller value before it takes its own.
 *
 * @see <a href="https://www.postgresql.org/docs/15/hot-standby.html#HOT-STANDBY-ADMIN">hot standby parameters</a>
 */
final class StandbysKeepUpWithTheirPrimary implements SafetyCheck {
    @Override
    public List<Problem> problems(Situation situation) {
        return StandbyLimits.defaults().keySet().stream()
                .flatMap(setting -> Stream.concat(
                        situation.nodes().stream().flatMap(node -> undecided(situation, node, setting).stream()),
                        situation.standbys().stream()
                                .flatMap(standby -> problem(situation, standby, setting).stream())))
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

    private static Optional<Problem> problem(Situation situation, NodeName standby, String setting) {
        NodeName primary = situation.primary();
        Optional<Integer> standbys = willHave(situation, standby, setting);
        Optional<Integer> primarys = willHave(situation, primary, setting);
        Optional<Integer> inForce = situation
                .server(primary)
                .flatMap(server -> server.setting(setting))
                .flatMap(found -> number(found.rawValue()));
        if (isLess(standbys, primarys)) {
            return Optional.of(below(situation, standby, setting, standbys, primary + " will have " + primarys.get())
                    .hint(stronger(situation, standby, setting)
                            .map(found -> "take it away there: on " + standby + ", ALTER SYSTEM RESET " + setting
                                    + ", if that was an ALTER SYSTEM")
                            .orElse("give " + standby + " at least as much as " + primary)));
        }
        if (isLess(standbys, inForce)) {
            return Optional.of(
                    below(situation, standby, setting, standbys, "in force on " + primary + ": " + inForce.get())
                            .hint("lower it on the primary first, under nodes." + primary
                                    + ".settings; apply; then everywhere"));
        }
        return Optional.empty();
    }

    /**
     * What the file says, if nothing stronger does; else what another file of its own says; else PostgreSQL's default. Empty: not known.
     */
    private static Optional<Integer> willHave(Situation situation, NodeName node, String setting) {
        String declared = situation.topology().node(node).settings().get(setting);
        if (declared != null) {
            return stronger(situation, node, setting)
                    .map(found -> number(found.rawValue()))
                    .orElseGet(() -> number(declared));
        }
        // A stopped or new standby has the primary's postgresql.conf: it came with the copy.
        Optional<Setting> inForce = situation
                .server(node)
                .or(() -> situation.server(situation.primary()))
                .flatMap(server -> server.setting(setting));
        return inForce.filter(StandbysKeepUpWithTheirPrimary::isFromElsewhere)
                .map(elsewhere -> number(elsewhere.rawValue()))
                .orElse(Optional.ofNullable(StandbyLimits.defaults().get(setting)));
    }

    private static Optional<Setting> stronger(Situation situation, NodeName node, String setting) {
        return situation
                .server(node)
                .flatMap(server -> server.setting(setting))
                .filter(SettingsDrift::isStrongerThanOurFile)
                .filter(found -> !situation.settingsDrift(node).shadowed().contains(setting));
    }

    private static boolean isFromElsewhere(Setting setting) {
        return !setting.sourceFile().endsWith("/pgherder.conf");
    }

    private static Optional<Integer> number(String text) {
        return text.matches("\\d{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }

    private static boolean isLess(Optional<Integer> a, Optional<Integer> b) {
        return a.isPresent() && b.isPresent() && a.get() < b.get();
    }

    private static Problem below(
            Situation situation, NodeName standby, String setting, Optional<Integer> own, String theirs) {
        boolean isDeclared = situation.topology().node(standby).settings().containsKey(setting);
        String value = own.map(String::valueOf).orElse("");
        String whence = stronger(situation, standby, setting)
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
