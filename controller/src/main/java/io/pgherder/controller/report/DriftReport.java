package io.pgherder.controller.report;

import io.pgherder.controller.drift.ClusterDrift;
import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.Outcome;
import io.pgherder.controller.drift.Unseen;
import io.pgherder.controller.plan.Limit;
import io.pgherder.controller.plan.Planner;
import io.pgherder.controller.plan.Scope;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.topology.NodeSpec;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * How one cluster differs from its file, as a person or a script is told.
 *
 * @param drift within the limit
 * @param hidden all that could not be seen of the cluster, within the limit or not
 * @param refusals for which an apply would be refused that is to close what differs within the limit; empty if it would not, or if there is
 *     nothing for it to close
 */
public record DriftReport(Look look, ClusterDrift drift, Limit limit, List<Unseen> hidden, List<Problem> refusals) {
    public DriftReport {
        requireNonNull(look, "look is null");
        requireNonNull(drift, "drift is null");
        requireNonNull(limit, "limit is null");
        hidden = List.copyOf(hidden);
        refusals = List.copyOf(refusals);
    }

    public static DriftReport of(Look look, Limit limit) {
        ClusterDrift drift = ClusterDrift.of(look.file().topology(), look.seen());
        ClusterDrift within = limit.nodes().isEmpty() ? drift : drift.within(limit::takes);
        return new DriftReport(look, within, limit, drift.unseen(), refusals(look, within, limit));
    }

    private static List<Problem> refusals(Look look, ClusterDrift drift, Limit limit) {
        return closable(drift) == 0
                ? List.of()
                : new Planner().refusals(look.file().topology(), look.seen(), Scope.of(limit));
    }

    /** Those that are shown, in the file's order: within the limit, or not seen and above one that is. */
    public List<NodeSpec> nodes() {
        return look.file().topology().nodes().stream()
                .filter(node ->
                        limit.takes(node.name()) || !drift.unseenOf(node.name()).isEmpty())
                .toList();
    }

    public long nodes(Outcome outcome) {
        return nodes().stream()
                .filter(node -> drift.outcome(node.name()) == outcome)
                .count();
    }

    /** How many of the differences a plan closes, if it is not refused. */
    public long closable() {
        return closable(drift);
    }

    private static long closable(ClusterDrift drift) {
        return drift.differences().stream()
                .map(Difference::byHand)
                .filter(advice -> advice.isEmpty())
                .count();
    }
}
