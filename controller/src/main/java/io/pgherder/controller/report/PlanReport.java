package io.pgherder.controller.report;

import io.pgherder.controller.drift.ClusterDrift;
import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.observation.ClusterObservation;
import io.pgherder.controller.observation.InstanceState.ProcessState;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.SynchronousStandbys;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Limit;
import io.pgherder.controller.plan.Plan;
import io.pgherder.controller.plan.Reason;
import io.pgherder.controller.problem.Counted;
import io.pgherder.controller.topology.yaml.TopologyFile;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A plan and all that is shown beside it.
 *
 * @param drift of the whole cluster, whatever the plan's limit
 * @param looking how long it took to look at the cluster
 */
public record PlanReport(TopologyFile file, ClusterObservation seen, Plan plan, ClusterDrift drift, Duration looking) {
    public PlanReport {
        requireNonNull(file, "file is null");
        requireNonNull(seen, "seen is null");
        requireNonNull(plan, "plan is null");
        requireNonNull(drift, "drift is null");
        requireNonNull(looking, "looking is null");
    }

    /** A plan for what was looked at. */
    public static PlanReport of(Look look, Plan plan) {
        return new PlanReport(
                look.file(), look.seen(), plan, ClusterDrift.of(look.file().topology(), look.seen()), look.looking());
    }

    /**
     * Whether reality is as the file says. That nothing is to be done is not enough: something declared may be seen not to be in force, and
     * no step can help, or a limit may leave out the steps that would. Empty if nothing speaks against it, but something that is declared
     * could not be compared; of a refused plan mostly nothing was.
     */
    public Optional<Boolean> matches() {
        if (plan.sawDifference() || (plan.isRefused() && sawNodeAstray())) {
            return Optional.of(false);
        }
        return plan.sawAll() ? Optional.of(true) : Optional.empty();
    }

    /** A refused plan has no steps that would tell. */
    private boolean sawNodeAstray() {
        return drift.differences().stream().anyMatch(difference -> !difference.isBesideTheFile());
    }

    /**
     * What a drift tells, and the plan cannot help: about nothing that the file declares, and nothing that a step closes. Reality may be as the
     * file says nevertheless. Within the limit, as a drift has it.
     */
    public List<Difference> leftToAPerson() {
        Limit limit = plan.scope().limit();
        return (limit.nodes().isEmpty() ? drift : drift.within(limit::takes))
                .differences().stream()
                        .filter(difference -> difference.isBesideTheFile()
                                && difference.byHand().isPresent())
                        .toList();
    }

    /** Whether it is known to be otherwise. */
    public boolean differs() {
        return !matches().orElse(true);
    }

    public List<NodeChange> changes() {
        return NodeChange.of(file.topology(), plan, seen);
    }

    public long changes(NodeChange.Kind kind) {
        return changes().stream().filter(change -> change.kind() == kind).count();
    }

    public Look look() {
        return new Look(file, seen, looking);
    }

    /**
     * Whether the declared primary was seen to accept writes, and as many standbys as its commits wait for were seen to confirm; if not,
     * nobody can say that writes go on.
     */
    public boolean writesArePossible() {
        return seen.server(file.topology().primary())
                .filter(server -> !server.inRecovery()
                        && server.sessionsEnd().isEmpty()
                        && waitedFor(server).enoughConfirm(server))
                .isPresent();
    }

    /** Why nobody can write, in a sentence, as far as that was seen; empty if writes are possible, or nobody could look. */
    public Optional<String> whyNobodyCanWrite() {
        NodeName primary = file.topology().primary();
        Optional<ServerFacts> server = seen.server(primary);
        if (server.isEmpty()) {
            return seen.instance(primary)
                    .filter(instance -> instance.process() == ProcessState.STOPPED)
                    .map(stopped -> "Writes are impossible: " + primary + " does not run.");
        }
        Optional<String> sessionsEnd = server.flatMap(ServerFacts::sessionsEnd);
        if (sessionsEnd.isPresent()) {
            return Optional.of("Writes are impossible: " + primary + " ends every session before it begins.");
        }
        return server.filter(running -> !running.inRecovery())
                .map(running -> waitedFor(running).confirmations(running))
                .filter(confirmations ->
                        confirmations.areEnough().filter(enough -> !enough).isPresent())
                .map(confirmations -> "Writes hang: "
                        + FirstChoice.words(confirmations)
                                .orElse("commits wait for " + Counted.of(confirmations.required(), "standby")
                                        + ", and fewer confirm")
                        + ".");
    }

    /** By the rule in force, as a status has it: the declared one may be what the plan brings. */
    private SynchronousStandbys waitedFor(ServerFacts primary) {
        return SynchronousStandbys.waitedFor(
                primary, file.topology().synchronous(), file.topology().primary());
    }

    /** Where the reason is declared: "line 21", or "common.yaml:21" if that is not the file that was named. */
    public Optional<String> placeOf(Reason reason) {
        return reason.declared().flatMap(look()::placeOf);
    }
}
