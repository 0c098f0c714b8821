package io.pgherder.controller.plan.rule;

import io.pgherder.controller.drift.SettingsDrift;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Condition.HbaInForce;
import io.pgherder.controller.plan.ProposedStep;
import io.pgherder.controller.plan.Reason;
import io.pgherder.controller.plan.ReplicationLogin;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.plan.action.ReloadSettings;
import java.util.List;

/** What is written is in force, by a reload where that is enough. A server that has to restart reads its files then. */
final class ReloadChangedSettings implements Rule {
    @Override
    public List<ProposedStep> propose(Situation situation) {
        return situation.nodes().stream()
                .filter(situation::runs)
                .filter(node -> isReloadEnough(situation, node))
                .map(node -> reload(situation, node))
                .toList();
    }

    /** Who is to log in as another role does so at once, and by then must be able to. */
    private static ProposedStep reload(Situation situation, NodeName node) {
        ProposedStep reload = ProposedStep.of(new ReloadSettings(situation.address(node)), reason(situation, node));
        if (situation.loginRole(node).otherInForce().isEmpty()) {
            return reload;
        }
        NodeName upstream = situation.firstUpstream(node);
        return reload.alsoNeeding(ReplicationLogin.to(situation, upstream)).alsoNeeding(new HbaInForce(upstream));
    }

    private static boolean isReloadEnough(Situation situation, NodeName node) {
        SettingsDrift drift = situation.settingsDrift(node);
        return drift.awaitingRestart().isEmpty()
                && (!situation.isWritten(node)
                        || !drift.loaded()
                        || !drift.unloaded().isEmpty());
    }

    private static Reason reason(Situation situation, NodeName node) {
        SettingsDrift drift = situation.settingsDrift(node);
        String names = String.join(", ", drift.unloaded());
        if (situation.isWritten(node)) {
            return Reason.of("pgherder.conf is newer than what is in force" + (names.isEmpty() ? "" : ": " + names));
        }
        return Reason.of(
                !drift.included() || names.isEmpty()
                        ? "a reload puts pgherder.conf in force"
                        : "a reload puts in force: " + names);
    }
}
