package io.pgherder.agent.postgres;

import java.util.List;
import java.util.stream.Stream;

/** What ends the recovery of a standby beside a promotion: where it stops, or a file that appears. Each of them does nothing while it is empty. */
public final class RecoveryEnd {
    /** Where a standby stops that is started with one. */
    public static final List<String> TARGETS = List.of(
            "recovery_target",
            "recovery_target_lsn",
            "recovery_target_name",
            "recovery_target_time",
            "recovery_target_xid");

    /** Up to PostgreSQL 15: a standby is promoted as soon as the file of this name is there, be it at its start. */
    public static final String TRIGGER = "promote_trigger_file";

    public static final List<String> SETTINGS =
            Stream.concat(TARGETS.stream(), Stream.of(TRIGGER)).toList();

    private RecoveryEnd() {}
}
