package io.pgherder.controller.report;

import io.pgherder.controller.drift.ClusterDrift;
import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.Outcome;
import io.pgherder.controller.drift.Unseen;
import io.pgherder.controller.plan.Limit;
import io.pgherder.controller.topology.NodeSpec;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * How one cluster differs from its file, as a person or a script is told.
 *
 * @param drift within the limit
 * @param hidden all that could not be seen of the cluster, within the limit or not
 */
public record DriftReport(Look look, ClusterDrift drift, Limit limit, List<Unseen> hidden) {
    public DriftReport {
        requireNonNull(look, "look is null");
        requireNonNull(drift, "drift is null");
        requireNonNull(limit, "limit is null");
        hidden = List.copyOf(hidden);
    }

    public static DriftReport of(Look look, Limit limit) {
        ClusterDrift drift = ClusterDrift.of(look.file().topology(), look.seen());
        return new DriftReport(
                look, limit.nodes().isEmpty() ? drift : drift.within(limit::takes), limit, drift.unseen());
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

    /** How many of the differences a plan closes. */
    public long closable() {
        return drift.differences().stream()
                .map(Difference::byHand)
                .filter(advice -> advice.isEmpty())
                .count();
    }
}
