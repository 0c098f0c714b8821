package io.pgherder.controller.plan.safety;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.PlanProblem;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.util.List;
import java.util.Optional;

/**
 * A standby with less of certain settings than its primary does not start, or stops replaying. Growing them is a matter of order and
 * taken care of; shrinking takes two applies, because a standby must have replayed the primary's smaller value before it takes its own.
 *
 * @see <a href="https://www.postgresql.org/docs/15/hot-standby.html#HOT-STANDBY-ADMIN">hot standby parameters</a>
 */
final class StandbysKeepUpWithTheirPrimary implements SafetyCheck {
    private static final List<String> SETTINGS = List.of(
            "max_connections",
            "max_locks_per_transaction",
            "max_prepared_transactions",
            "max_wal_senders",
            "max_worker_processes");

    @Override
    public List<Problem> problems(Situation situation) {
        return SETTINGS.stream()
                .flatMap(setting ->
                        situation.standbys().stream().flatMap(standby -> problem(situation, standby, setting).stream()))
                .toList();
    }

    private static Optional<Problem> problem(Situation situation, NodeName standby, String setting) {
        NodeName primary = situation.primary();
        Optional<Integer> standbys = declared(situation, standby, setting);
        Optional<Integer> primarys = declared(situation, primary, setting);
        Optional<Integer> inForce = situation
                .server(primary)
                .flatMap(server -> server.setting(setting))
                .flatMap(found -> number(found.rawValue()));
        if (isLess(standbys, primarys)) {
            return Optional.of(below(standby, setting, standbys, primary + " is declared with ", primarys)
                    .hint("give " + standby + " at least as much as " + primary));
        }
        if (isLess(standbys, inForce)) {
            return Optional.of(below(standby, setting, standbys, "in force on " + primary + ": ", inForce)
                    .hint("lower it on the primary first, under nodes." + primary
                            + ".settings; apply; then everywhere"));
        }
        return Optional.empty();
    }

    private static Optional<Integer> declared(Situation situation, NodeName node, String setting) {
        return Optional.ofNullable(situation.topology().node(node).settings().get(setting))
                .flatMap(StandbysKeepUpWithTheirPrimary::number);
    }

    private static Optional<Integer> number(String text) {
        return text.matches("\\d{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }

    private static boolean isLess(Optional<Integer> a, Optional<Integer> b) {
        return a.isPresent() && b.isPresent() && a.get() < b.get();
    }

    private static Problem below(
            NodeName standby, String setting, Optional<Integer> own, String whose, Optional<Integer> theirs) {
        return Problem.of(
                        PlanProblem.STANDBY_BELOW_PRIMARY,
                        standby + " would stop replaying: its " + setting + " is below the primary's")
                .about(standby.value())
                .detail("declared for " + standby + ": "
                        + own.map(String::valueOf).orElse(""))
                .detail(whose + theirs.map(String::valueOf).orElse(""));
    }
}
