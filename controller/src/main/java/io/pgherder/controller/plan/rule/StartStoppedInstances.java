package io.pgherder.controller.plan.rule;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Condition.RoleReady;
import io.pgherder.controller.plan.Condition.Running;
import io.pgherder.controller.plan.Condition.SlotExists;
import io.pgherder.controller.plan.ProposedStep;
import io.pgherder.controller.plan.Reason;
import io.pgherder.controller.plan.ReplicationLogin;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.plan.action.StartInstance;
import io.pgherder.controller.topology.FieldPath;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Every declared node runs. A standby starts where its WAL is kept; moving to another upstream comes afterwards. */
final class StartStoppedInstances implements Rule {
    private static final Set<String> ADMITTING =
            Set.of("listen_addresses", "max_replication_slots", "max_wal_senders", "ssl", "wal_level");

    @Override
    public List<ProposedStep> propose(Situation situation) {
        return situation.nodes().stream()
                .filter(node -> !situation.runs(node))
                .map(node -> node.equals(situation.primary())
                        ? startPrimary(situation, node)
                        : startStandby(situation, node))
                .toList();
    }

    /**
     * Whether it is installed, stopped, and can come up and stream without anybody's restart: then nobody restarts for changed settings
     * before it has come up with them. They may be why it is down.
     */
    static boolean comesBeforeRestarts(Situation situation, NodeName node) {
        if (!situation.isInstalled(node) || situation.runs(node)) {
            return false;
        }
        if (node.equals(situation.primary())) {
            return true;
        }
        NodeName upstream = situation.firstUpstream(node).node();
        if (!situation.runs(upstream)) {
            return comesBeforeRestarts(situation, upstream);
        }
        return !isAboutToAdmit(situation, upstream)
                && !isAboutToAdmit(situation, situation.primary())
                && new RoleReady(situation.primary()).holdsIn(situation)
                && !ReplicationLogin.isInterrupted(situation, upstream)
                && (!situation.topology().replication().slots()
                        || situation.slot(upstream, node).isUsable());
    }

    /** Whether a restart changes whom it lets in: what is refused now may not be then. */
    private static boolean isAboutToAdmit(Situation situation, NodeName node) {
        return situation.runs(node)
                && situation.settingsDrift(node).awaitingRestart().stream().anyMatch(ADMITTING::contains);
    }

    private static ProposedStep startPrimary(Situation situation, NodeName primary) {
        return ProposedStep.of(
                new StartInstance(situation.address(primary), Optional.empty()), reason(situation, primary));
    }

    private static ProposedStep startStandby(Situation situation, NodeName standby) {
        NodeName upstream = situation.firstUpstream(standby).node();
        ProposedStep start = ProposedStep.of(
                        new StartInstance(situation.address(standby), Optional.of(upstream)),
                        reason(situation, standby))
                .alsoNeeding(ReplicationLogin.to(situation, upstream));
        if (!situation.runs(upstream) || !comesBeforeRestarts(situation, standby)) {
            start = start.alsoNeeding(new Running(upstream));
        }
        return situation.topology().replication().slots()
                ? start.alsoNeeding(new SlotExists(upstream, standby))
                : start;
    }

    private static Reason reason(Situation situation, NodeName node) {
        return Reason.declared(
                FieldPath.of("nodes", node),
                situation.isEmpty(node) ? "installed by then, and not running" : "it is stopped");
    }
}
