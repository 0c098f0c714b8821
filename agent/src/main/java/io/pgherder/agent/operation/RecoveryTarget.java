package io.pgherder.agent.operation;

import io.pgherder.agent.configfile.AutoConf;
import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.RecoveryEnd;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the recovery of a standby is to end. By recovery_target_action, or with a promote_trigger_file that is there, it comes up as a primary
 * then, beside the one that it followed; a standby of a cluster has no target.
 *
 * @see <a href="https://www.postgresql.org/docs/15/runtime-config-wal.html#RUNTIME-CONFIG-WAL-RECOVERY-TARGET">recovery target</a>
 */
final class RecoveryTarget {
    private RecoveryTarget() {}

    /** Fails if the files of a standby, or what these include, set one, or cannot be read: nothing of it has been started or stopped then. */
    static void requireNone(InstancePlace place, ConfigurationFiles files) {
        SettingsFiles read = SettingsFiles.of(files.postgresConf(), files.file(AutoConf.FILE));
        if (!read.unread().isEmpty()) {
            throw StartProblem.WOULD_END_RECOVERY
                    .summary("refusing to start " + place.node()
                            + ": whether its recovery would end at a target cannot be told")
                    .details(read.unread())
                    .hint(
                            "may the agent's account read it, and is it meant to be there? Then run the same command again")
                    .failure();
        }
        Map<String, String> targets = new TreeMap<>();
        read.said().forEach(said -> take(said, targets));
        List<String> told =
                targets.values().stream().filter(words -> !words.isEmpty()).toList();
        if (!told.isEmpty()) {
            throw StartProblem.WOULD_END_RECOVERY
                    .summary("refusing to start " + place.node()
                            + ": its recovery would end at a target, and it might come up as a second primary")
                    .details(told)
                    .hint(
                            "who wants that? Take the lines away (ALTER SYSTEM RESET, where the server runs), then run the same command"
                                    + " again")
                    .failure();
        }
    }

    /** The last line for a name counts; one that sets it to nothing takes it back. */
    private static void take(SettingsFiles.Said said, Map<String, String> targets) {
        AutoConf.Line line = said.line();
        String name = line.name().toLowerCase(Locale.ROOT);
        if (RecoveryEnd.SETTINGS.contains(name)) {
            targets.put(
                    name,
                    line.value().isEmpty() ? "" : said.place() + ": " + line.name() + " = '" + line.value() + "'");
        }
    }
}
