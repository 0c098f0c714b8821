package io.pgherder.agent.operation;

import io.pgherder.agent.configfile.AutoConf;
import io.pgherder.agent.configfile.SettingsFiles;
import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.RecoveryEnd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the recovery of a standby is to end. By recovery_target_action, or with a promote_trigger_file that is there, it comes up as a primary
 * then, beside the one that it followed; a standby of a cluster has no target. Where that file is not there, a start is in no danger that
 * it would not be in as it runs.
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
                    .summary("refusing to start " + place.node() + ": " + consequence(read.unread()))
                    .details(read.unread().stream()
                            .map(SettingsFiles.Unread::words)
                            .toList())
                    .hint(
                            "may the agent's account read it, and is it meant to be there? Then run the same command again")
                    .failure();
        }
        Map<String, SettingsFiles.Said> ends = new TreeMap<>();
        read.said().forEach(said -> take(said, ends));
        SettingsFiles.Said trigger = ends.remove(RecoveryEnd.TRIGGER);
        if (trigger != null) {
            requireNotThere(place, trigger);
        }
        if (!ends.isEmpty()) {
            throw StartProblem.WOULD_END_RECOVERY
                    .summary("refusing to start " + place.node()
                            + ": its recovery would end at a target, and it might come up as a second primary")
                    .details(ends.values().stream().map(RecoveryTarget::words).toList())
                    .hint(
                            "who wants that? Take the lines away (ALTER SYSTEM RESET, where the server runs), then run the same command"
                                    + " again")
                    .failure();
        }
    }

    private static String consequence(List<SettingsFiles.Unread> unread) {
        return unread.stream().anyMatch(SettingsFiles.Unread::preventsStart)
                ? "PostgreSQL does not start where its settings files include what it cannot read"
                : "whether its recovery would end at a target cannot be told";
    }

    /** The last line for a name counts; one that sets it to nothing takes it back. */
    private static void take(SettingsFiles.Said said, Map<String, SettingsFiles.Said> ends) {
        String name = said.line().name().toLowerCase(Locale.ROOT);
        if (!RecoveryEnd.SETTINGS.contains(name)) {
            return;
        }
        if (said.line().value().isEmpty()) {
            ends.remove(name);
        } else {
            ends.put(name, said);
        }
    }

    /** A server looks for it from its data directory on, and takes one that it may not look at for an error. */
    private static void requireNotThere(InstancePlace place, SettingsFiles.Said trigger) {
        Path file = place.dataDir().resolve(trigger.line().value());
        if (!Files.notExists(file)) {
            throw StartProblem.WOULD_END_RECOVERY
                    .summary("refusing to start " + place.node()
                            + (Files.exists(file)
                                    ? ": the file by which it is promoted is there, and it would come up as a second primary"
                                    : ": whether the file by which it is promoted is there cannot be told"))
                    .details(List.of(words(trigger)))
                    .hint(
                            "who put it there, and why? Remove that file, or take the line away, then run the same command again")
                    .failure();
        }
    }

    private static String words(SettingsFiles.Said said) {
        AutoConf.Line line = said.line();
        return said.place() + ": " + line.name() + " = '" + line.value() + "'";
    }
}
