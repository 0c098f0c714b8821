package io.pgherder.controller.simulation;

import io.pgherder.controller.observation.SynchronousStandbys;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.SynchronousCommit;
import io.pgherder.controller.plan.Impact;
import io.pgherder.controller.plan.action.Action;
import io.pgherder.controller.plan.action.FollowUpstream;
import io.pgherder.controller.plan.action.ReloadSettings;
import io.pgherder.controller.plan.action.RestartInstance;
import io.pgherder.controller.plan.action.WriteHba;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Commits: all that is due may begin at once, and where no step says that writes pause, those that streamed when the plan was made must not
 * leave together if then too few are left to confirm.
 */
final class SimulatedCommits {
    private SimulatedCommits() {}

    static void check(SimulatedCluster cluster, List<Action> due) {
        if (due.stream().anyMatch(action -> action.impact() == Impact.WRITES_PAUSE)) {
            return;
        }
        Set<NodeName> leaving = due.stream()
                .filter(action -> takesAway(cluster, action))
                .map(Action::node)
                .collect(Collectors.toSet());
        cluster.nodes().stream().filter(SimulatedNode::isPrimary).forEach(primary -> check(cluster, primary, leaving));
    }

    private static boolean takesAway(SimulatedCluster cluster, Action action) {
        SimulatedNode node = cluster.node(action.node());
        if (action instanceof FollowUpstream follow) {
            return !node.upstream.follows(follow.upstream());
        }
        boolean reloads = action instanceof ReloadSettings || action instanceof WriteHba;
        return action instanceof RestartInstance || (reloads && node.upstream.leavesOnReload());
    }

    private static void check(SimulatedCluster cluster, SimulatedNode primary, Set<NodeName> leaving) {
        boolean forNobody =
                !SynchronousCommit.waitsForStandbys(primary.inForce.getOrDefault(SynchronousCommit.SETTING, "on"));
        SynchronousStandbys rule = SynchronousStandbys.parse(
                forNobody ? "" : primary.inForce.getOrDefault(SynchronousStandbys.SETTING, ""));
        Set<NodeName> confirming = cluster.nodes().stream()
                .filter(standby -> rule.contains(standby.name) && streamsFrom(cluster, standby, primary))
                .map(standby -> standby.name)
                .collect(Collectors.toSet());
        Set<NodeName> together = confirming.stream()
                .filter(standby -> leaving.contains(standby) && cluster.streamedAtFirst(standby))
                .collect(Collectors.toSet());
        long left = confirming.stream()
                .filter(standby -> !leaving.contains(standby))
                .count();
        if (together.size() > 1 && confirming.size() >= rule.count() && left < rule.count()) {
            throw new AssertionError("commits on " + primary.name + " wait for " + rule + ", of whom " + confirming
                    + " confirm, and at once may leave: " + leaving);
        }
    }

    private static boolean streamsFrom(SimulatedCluster cluster, SimulatedNode standby, SimulatedNode primary) {
        return cluster.streaming().streams(standby)
                && cluster.streaming()
                        .upstreamOf(standby)
                        .filter(primary::equals)
                        .isPresent();
    }
}
