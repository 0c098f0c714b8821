package io.pgherder.controller.plan.rule;

import io.pgherder.controller.drift.SettingsDrift;
import io.pgherder.controller.observation.SynchronousStandbys;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.ProposedStep;
import io.pgherder.controller.plan.Reason;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.plan.action.ReloadSettings;
import java.util.List;

/**
 * What is written is in force, by a reload where that is enough. A server that has to restart reads its files then, and a standby that is
 * to log in as another role, or to connect with other options, reads them when it is told to follow.
 */
final class ReloadChangedSettings implements Rule {
    @Override
    public List<ProposedStep> propose(Situation situation) {
        return situation.nodes().stream()
                .filter(situation::runs)
                .filter(node -> isReloadEnough(situation, node))
                .map(node -> reload(situation, node))
                .toList();
    }

    /** An earlier apply may have written the names of synchronous standbys and stopped there: who streamed then may not stream now. */
    private static ProposedStep reload(Situation situation, NodeName node) {
        ProposedStep reload = ProposedStep.of(new ReloadSettings(situation.address(node)), reason(situation, node));
        boolean takesNames = node.equals(situation.primary())
                && situation.settingsDrift(node).unloaded().contains(SynchronousStandbys.SETTING);
        return takesNames
                ? SynchronousNames.onceMembersStream(situation, reload, SynchronousNames.inForce(situation, node))
                : reload;
    }

    private static boolean isReloadEnough(Situation situation, NodeName node) {
        SettingsDrift drift = situation.settingsDrift(node);
        return drift.awaitingRestart().isEmpty()
                && situation.loginRole(node).otherInForce().isEmpty()
                && situation.upstreamOptions(node).otherInForce().isEmpty()
                && (!situation.isWritten(node)
                        || !drift.loaded()
                        || !drift.unloaded().isEmpty());
    }

    private static Reason reason(Situation situation, NodeName node) {
        if (situation.isToBeTakenOver(node)) {
            return Reason.of("take over: a reload puts pgherder.conf in force");
        }
        SettingsDrift drift = situation.settingsDrift(node);
        String names = String.join(", ", drift.unloaded());
        if (situation.isWritten(node) && !situation.writtenUpstream(node).leavesOnReload()) {
            return Reason.of("pgherder.conf is newer than what is in force" + (names.isEmpty() ? "" : ": " + names));
        }
        return Reason.of(
                !drift.included() || names.isEmpty()
                        ? "a reload puts pgherder.conf in force"
                        : "a reload puts in force: " + names);
    }
}
