package io.pgherder.controller.plan.safety;

import io.pgherder.controller.drift.RemovedNode;
import io.pgherder.controller.observation.HostObservation.Answered;
import io.pgherder.controller.plan.Scope;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is retired has nothing that nobody else has: it is a standby. A primary, running or not, may hold commits that were acknowledged. Looked
 * at only where a person asks for nodes that were taken out of the file to go.
 */
public final class RemovedNodesAreStandbys implements SafetyCheck {
    /** The first in which agents say of every instance which system it is of. */
    private static final int NEEDED = 4;

    @Override
    public List<Problem> problems(Situation situation) {
        List<RemovedNode> removed = situation.removedNodes();
        return Stream.of(
                        removed.stream().filter(node -> !node.isStandby()).map(RemovedNodesAreStandbys::noStandby),
                        removed.stream()
                                .filter(node -> removed.stream()
                                        .anyMatch(other -> !other.equals(node)
                                                && other.name().equals(node.name())))
                                .map(RemovedNodesAreStandbys::ofOneName),
                        removed.stream()
                                .filter(node -> node.instance().system().isEmpty()
                                        || !node.instance().system().equals(situation.systemIdentifier()))
                                .map(RemovedNodesAreStandbys::ofUnknownSystem),
                        removed.stream().map(RemovedNode::host).distinct().flatMap(host -> tooOld(situation, host)))
                .flatMap(problems -> problems)
                .toList();
    }

    /** A copy brings pgherder.conf along, and the node's name with it. */
    private static Problem ofOneName(RemovedNode node) {
        return Problem.of(
                        PreflightProblem.REMOVED_NODE_AMBIGUOUS,
                        "refusing to retire " + node.name() + ": several instances go by that name")
                .about(node.name().value())
                .detail("one of them is in " + node.instance().dataDir() + " on " + node.host())
                .hint(
                        "is one a copy of the other? Stop it and move its directories away, or give it a pgherder.conf of its own");
    }

    /** One of another system that is known is none. */
    private static Problem ofUnknownSystem(RemovedNode node) {
        return Problem.of(
                        PreflightProblem.REMOVED_NODE_AMBIGUOUS,
                        "refusing to retire " + node.name() + ": nobody can tell whether its data are this cluster's")
                .about(node.name().value())
                .detail("no system identifier is known of " + node.instance().dataDir() + " on " + node.host()
                        + ", or none of the cluster")
                .hint("can the agent read its global/pg_control, and does the primary run? Another cluster may have the"
                        + " same name");
    }

    private static Problem noStandby(RemovedNode node) {
        return Problem.of(
                        PreflightProblem.REMOVED_NODE_IS_NO_STANDBY,
                        "refusing to retire " + node.name() + ": it is no standby")
                .about(node.name().value())
                .detail(node.instance().dataDir() + " on " + node.host()
                        + " has no standby.signal, so it may hold commits" + " that nobody else has")
                .hint(
                        "if the role has moved to it, declare it again, as the primary. If nobody needs what it has, stop it and"
                                + " move its directories away; or leave out " + Scope.PRUNE);
    }

    private static Stream<Problem> tooOld(Situation situation, String name) {
        return situation.hosts().stream()
                .filter(Answered.class::isInstance)
                .map(Answered.class::cast)
                .filter(host -> host.host().equals(name) && host.protocol() < NEEDED)
                .map(host -> AgentsAreNewEnough.problem(host, NEEDED));
    }
}
