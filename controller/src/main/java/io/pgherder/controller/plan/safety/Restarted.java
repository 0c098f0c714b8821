package io.pgherder.controller.plan.safety;

import io.pgherder.controller.observation.ConfigurationFile;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Situation;
import java.util.List;
import java.util.Optional;

/** What a restart changes. */
final class Restarted {
    private Restarted() {}

    /**
     * The value that a restart would put in force, if it changes the setting.
     *
     * @param standard PostgreSQL's own, which comes back where nobody says otherwise
     */
    static Optional<String> value(Situation situation, NodeName node, String setting, String standard) {
        if (!situation.settingsDrift(node).awaitingRestart().contains(setting)) {
            return Optional.empty();
        }
        Optional<String> declared =
                Optional.ofNullable(situation.topology().node(node).settings().get(setting));
        return declared.or(() -> ofOthers(situation, node, setting)).or(() -> Optional.of(standard));
    }

    /** What other files say, which counts once pgherder.conf and postgresql.auto.conf do not say it any more. */
    private static Optional<String> ofOthers(Situation situation, NodeName node, String setting) {
        return situation.server(node).flatMap(ServerFacts::fileEntries).stream()
                .flatMap(List::stream)
                .filter(entry -> entry.name().equalsIgnoreCase(setting))
                .filter(entry -> !entry.isIn(ConfigurationFile.PGHERDER) && !entry.isIn(ConfigurationFile.ALTER_SYSTEM))
                .map(ServerFacts.FileEntry::value)
                .reduce((earlier, later) -> later);
    }

    /** The same of one that counts something, if it is less than there is of that. */
    static Optional<String> tooSmall(Situation situation, NodeName node, String setting, String standard, int needed) {
        return value(situation, node, setting, standard)
                .filter(most -> most.matches("[0-9]{1,9}") && Integer.parseInt(most) < needed);
    }
}
