package io.pgherder.controller.plan.safety;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Situation;
import java.util.Optional;

/** What a restart changes. */
final class Restarted {
    private Restarted() {}

    /**
     * The value that a restart would put in force, if it changes the setting.
     *
     * @param standard what comes back where the file does not declare it any more, unless postgresql.conf says otherwise
     */
    static Optional<String> value(Situation situation, NodeName node, String setting, String standard) {
        return situation.settingsDrift(node).awaitingRestart().contains(setting)
                ? Optional.of(situation.topology().node(node).settings().getOrDefault(setting, standard))
                : Optional.empty();
    }

    /** The same of one that counts something, if it is less than there is of that. */
    static Optional<String> tooSmall(Situation situation, NodeName node, String setting, String standard, int needed) {
        return value(situation, node, setting, standard)
                .filter(most -> most.matches("[0-9]{1,9}") && Integer.parseInt(most) < needed);
    }
}
