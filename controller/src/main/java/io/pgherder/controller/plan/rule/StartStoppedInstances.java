package io.pgherder.controller.plan.rule;

import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.InstanceState.ProcessState;
import io.pgherder.controller.pgvalue.Lsn;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Condition.Running;
import io.pgherder.controller.plan.Condition.SlotExists;
import io.pgherder.controller.plan.ProposedStep;
import io.pgherder.controller.plan.Reason;
import io.pgherder.controller.plan.ReplicationLogin;
import io.pgherder.controller.plan.RestartOrder;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.plan.action.StartInstance;
import io.pgherder.controller.topology.FieldPath;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Every declared node runs. A standby starts where its WAL is kept; moving to another upstream comes afterwards. */
final class StartStoppedInstances implements Rule {
    @Override
    public List<ProposedStep> propose(Situation situation) {
        return situation.nodes().stream()
                .filter(node -> !situation.runs(node))
                .map(node -> node.equals(situation.primary())
                        ? startPrimary(situation, node)
                        : startStandby(situation, node))
                .toList();
    }

    private static ProposedStep startPrimary(Situation situation, NodeName primary) {
        return ProposedStep.of(
                new StartInstance(situation.address(primary), Optional.empty(), farthest(situation, primary)),
                reason(situation, primary));
    }

    private static Optional<Lsn> farthest(Situation situation, NodeName primary) {
        return situation.standbys().stream()
                .flatMap(standby -> situation.farthestOnTimelineOf(primary, standby).stream())
                .max(Comparator.naturalOrder());
    }

    private static ProposedStep startStandby(Situation situation, NodeName standby) {
        NodeName upstream = situation.firstUpstream(standby).node();
        ProposedStep start = ProposedStep.of(
                        new StartInstance(situation.address(standby), Optional.of(upstream)),
                        reason(situation, standby))
                .alsoNeeding(ReplicationLogin.to(situation, upstream));
        if (!situation.runs(upstream) || !RestartOrder.startsBefore(situation, standby)) {
            start = start.alsoNeeding(new Running(upstream));
        }
        return situation.topology().replication().slots()
                ? start.alsoNeeding(new SlotExists(upstream, standby))
                : start;
    }

    private static Reason reason(Situation situation, NodeName node) {
        return Reason.declared(
                FieldPath.of("nodes", node),
                situation.isEmpty(node) ? "installed by an earlier step, not running yet" : howItIs(situation, node));
    }

    private static String howItIs(Situation situation, NodeName node) {
        return switch (situation.instance(node).map(InstanceState::process).orElse(ProcessState.STOPPED)) {
            case STARTING -> "it accepts no connections yet";
            case CLOSED -> "it was started with hot_standby = off, and accepts no connections";
            case STOPPED, STOPPING, ACCEPTING, UNKNOWN -> "it is stopped";
        };
    }
}
