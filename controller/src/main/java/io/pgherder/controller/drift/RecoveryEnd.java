package io.pgherder.controller.drift;

import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.FileEntry;
import java.util.List;
import java.util.Optional;

/**
 * A line in the files of a standby by which its recovery ends, with its next start or when a file appears: it may come up as a second primary
 * then. A standby of a cluster has none.
 *
 * @see <a href="https://www.postgresql.org/docs/15/runtime-config-wal.html#RUNTIME-CONFIG-WAL-RECOVERY-TARGET">recovery target</a>
 */
public final class RecoveryEnd {
    private static final List<String> NAMES = List.of(
            "recovery_target",
            "recovery_target_lsn",
            "recovery_target_name",
            "recovery_target_time",
            "recovery_target_xid",
            "promote_trigger_file");

    private RecoveryEnd() {}

    /** Whether a setting of this name would end it. */
    public static boolean isSetBy(String setting) {
        return NAMES.contains(setting);
    }

    /** Empty: its files have none, it is no standby, or it does not run, so that nobody tells what they say. */
    public static Optional<FileEntry> of(InstanceState instance) {
        Origins origins = new Origins(instance);
        return instance.server().filter(ServerFacts::inRecovery).isEmpty()
                ? Optional.empty()
                : NAMES.stream()
                        .flatMap(name -> origins.last(name).stream())
                        .filter(entry -> !entry.value().isEmpty())
                        .findFirst();
    }
}
