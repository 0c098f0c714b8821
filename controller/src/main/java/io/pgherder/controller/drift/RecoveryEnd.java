package io.pgherder.controller.drift;

import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.FileEntry;
import java.util.List;
import java.util.Optional;

/**
 * A line in the files of a standby by which its recovery ends: it may come up as a second primary then. A target counts at its next start, a
 * trigger file as soon as it is there. A standby of a cluster has neither.
 *
 * @see <a href="https://www.postgresql.org/docs/15/runtime-config-wal.html#RUNTIME-CONFIG-WAL-RECOVERY-TARGET">recovery target</a>
 */
public final class RecoveryEnd {
    private static final List<String> TARGETS = List.of(
            "recovery_target",
            "recovery_target_lsn",
            "recovery_target_name",
            "recovery_target_time",
            "recovery_target_xid");

    private static final String TRIGGER = "promote_trigger_file";

    private RecoveryEnd() {}

    /** Whether a setting of this name is a target. */
    public static boolean isTarget(String setting) {
        return TARGETS.contains(setting);
    }

    /** Where it would end if it started again. Empty: its files have none, it is no standby, or it does not run, so that nobody tells what they say. */
    public static Optional<FileEntry> target(InstanceState instance) {
        return TARGETS.stream().flatMap(name -> line(name, instance).stream()).findFirst();
    }

    /** The file that promotes it. Empty likewise. */
    public static Optional<FileEntry> trigger(InstanceState instance) {
        return line(TRIGGER, instance);
    }

    private static Optional<FileEntry> line(String name, InstanceState instance) {
        return instance.server()
                .filter(ServerFacts::inRecovery)
                .flatMap(standby -> new Origins(instance).last(name))
                .filter(entry -> !entry.value().isEmpty());
    }
}
