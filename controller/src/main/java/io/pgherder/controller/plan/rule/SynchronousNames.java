package io.pgherder.controller.plan.rule;

import io.pgherder.controller.drift.SettingsDrift;
import io.pgherder.controller.observation.ServerFacts.Setting;
import io.pgherder.controller.observation.SynchronousStandbys;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Condition.HbaInForce;
import io.pgherder.controller.plan.Condition.SettingsInForce;
import io.pgherder.controller.plan.Condition.Streams;
import io.pgherder.controller.plan.ProposedStep;
import io.pgherder.controller.plan.Renamed;
import io.pgherder.controller.plan.Situation;
import java.util.List;

/**
 * When a running primary may take the declared {@code synchronous_standby_names}: it counts a new synchronous standby only once that one
 * streams, and more of them only once enough do; unless it has to restart for other settings anyway, when there is nothing to wait with.
 */
final class SynchronousNames {
    private SynchronousNames() {}

    /** The names that the server has read; empty text: none. */
    static String inForce(Situation situation, NodeName primary) {
        return situation
                .server(primary)
                .flatMap(server -> server.setting(SynchronousStandbys.SETTING))
                .map(Setting::value)
                .orElse("");
    }

    /**
     * @param step of the primary, which lets it take the names
     * @param counted the names that it waits for before
     */
    static ProposedStep onceMembersStream(Situation situation, ProposedStep step, String counted) {
        NodeName primary = step.node();
        SettingsDrift drift = situation.settingsDrift(primary);
        if (!situation.runs(primary)
                || !drift.awaitingRestart().isEmpty()
                || keepsMembersOut(situation, primary, drift)) {
            return step;
        }
        boolean enoughConfirm = situation
                .server(primary)
                .filter(SynchronousStandbys.declared(situation.topology().synchronous(), primary)::enoughConfirm)
                .isPresent();
        List<NodeName> renamed = Renamed.standbys(situation);
        ProposedStep waiting = step;
        for (NodeName member : situation.topology().synchronous().standbysOf(primary)) {
            if (renamed.contains(member)) {
                // It streams from the primary under its name then, by whatever address: should its move fail, commits
                // do not wait for that.
                waiting = waiting.alsoNeeding(new SettingsInForce(member));
            } else if (!enoughConfirm || !SynchronousStandbys.parse(counted).contains(member)) {
                waiting = waiting.alsoNeeding(new Streams(member, situation.declaredUpstream(member)));
            }
        }
        return waiting;
    }

    /** With such a line in its file it takes no new hba either, and members may need that to stream. */
    private static boolean keepsMembersOut(Situation situation, NodeName primary, SettingsDrift drift) {
        return !drift.strange().isEmpty() && !new HbaInForce(primary).holdsIn(situation);
    }
}
