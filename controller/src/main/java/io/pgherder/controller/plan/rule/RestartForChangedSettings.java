package io.pgherder.controller.plan.rule;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.CommitsGoOn;
import io.pgherder.controller.plan.Condition;
import io.pgherder.controller.plan.Condition.SettingsWritten;
import io.pgherder.controller.plan.Condition.SlotExists;
import io.pgherder.controller.plan.HotStandbyValues;
import io.pgherder.controller.plan.Impact;
import io.pgherder.controller.plan.ProposedStep;
import io.pgherder.controller.plan.Reason;
import io.pgherder.controller.plan.ReplicationLogin;
import io.pgherder.controller.plan.RestartOrder;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.plan.action.RestartInstance;
import io.pgherder.controller.topology.FieldPath;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Settings that only a restart puts in force: one instance at a time, after those that are stopped have started, the leaves of the tree
 * first and the primary last. That is also the order in which max_connections and the other parameters that a standby must not set lower
 * than its primary have to grow, because a standby with less than its primary stops replaying. Where they shrink, it is the other way
 * round: the primary first, and each standby once it has replayed the smaller value.
 *
 * @see <a href="https://www.postgresql.org/docs/15/hot-standby.html#HOT-STANDBY-ADMIN">hot standby parameters</a>
 */
final class RestartForChangedSettings implements Rule {
    @Override
    public List<ProposedStep> propose(Situation situation) {
        List<NodeName> restarting = RestartOrder.restarting(situation);
        Map<NodeName, Set<Condition>> back = restarting.isEmpty() ? Map.of() : lettingFollowersBackIn(situation);
        return restarting.stream()
                .map(node -> restart(situation, node).alsoNeeding(back.getOrDefault(node, Set.of())))
                .toList();
    }

    /** Who streams from one that restarts has to log in again: by then its own files give the declared role and password. */
    private static Map<NodeName, Set<Condition>> lettingFollowersBackIn(Situation situation) {
        Map<NodeName, Set<Condition>> back = new HashMap<>();
        situation.standbys().stream()
                .filter(standby -> ReplicationLogin.isToBeWritten(situation, standby))
                .forEach(standby -> situation
                        .tree()
                        .streamsFrom(standby)
                        .ifPresent(upstream -> back.computeIfAbsent(upstream, node -> new HashSet<>())
                                .add(new SettingsWritten(standby))));
        return back;
    }

    private static ProposedStep restart(Situation situation, NodeName node) {
        List<String> awaiting = situation.settingsDrift(node).awaitingRestart();
        Optional<NodeName> upstream = node.equals(situation.primary())
                ? Optional.empty()
                : Optional.of(situation.firstUpstream(node).node());
        boolean commitsWait = upstream.isEmpty() || !CommitsGoOn.without(situation, node);
        ProposedStep restart = ProposedStep.of(
                new RestartInstance(
                        situation.address(node), upstream, commitsWait ? Impact.WRITES_PAUSE : Impact.RESTART),
                Reason.declared(
                        FieldPath.of("nodes", node, "settings", awaiting.get(0)),
                        "only a restart puts in force: " + String.join(", ", awaiting) + inWhichOrder(situation, node)
                                + onceStarted(RestartOrder.startingBefore(situation))));
        return restart.alsoNeeding(ReplicationLogin.to(situation, upstream.orElse(node)))
                .alsoNeeding(slotOfOneCutOff(situation, node))
                .alsoNeeding(RestartOrder.restartingAfter(situation, node));
    }

    /** One that used none so far: its file gives it its slot. */
    private static Set<Condition> slotOfOneCutOff(Situation situation, NodeName node) {
        if (node.equals(situation.primary())
                || !situation.topology().replication().slots()
                || !situation.writtenUpstream(node).isAboutToStartCutOff()) {
            return Set.of();
        }
        NodeName declared = situation.declaredUpstream(node);
        return situation.writtenUpstream(node).slot().isEmpty()
                        && situation.firstUpstream(node).node().equals(declared)
                ? Set.of(new SlotExists(declared, node))
                : Set.of();
    }

    /** Said where it is not the usual one, in which nobody can write for a moment only when all the others are done. */
    private static String inWhichOrder(Situation situation, NodeName node) {
        if (RestartOrder.startsAheadOfItsStandbys(situation)
                && !new HotStandbyValues(situation).raisedAbove(node).isEmpty()) {
            return "; until then it replays nothing, because " + situation.primary() + " starts with more";
        }
        if (!RestartOrder.isPrimaryFirst(situation)) {
            return "";
        }
        return node.equals(situation.primary())
                ? "; before its standbys, which must have replayed the smaller value to start with it"
                : "; once it has replayed the smaller value of " + situation.primary();
    }

    private static String onceStarted(List<NodeName> starting) {
        return starting.isEmpty()
                ? ""
                : "; once " + starting.stream().map(NodeName::value).collect(Collectors.joining(" and "))
                        + (starting.size() == 1 ? " has started" : " have started");
    }
}
