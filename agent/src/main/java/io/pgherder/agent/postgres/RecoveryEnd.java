package io.pgherder.agent.postgres;

import java.util.List;

/** What ends the recovery of a standby beside a promotion: where it stops, or a file that appears. */
public final class RecoveryEnd {
    /** Each of them does nothing while it is empty. */
    public static final List<String> SETTINGS = List.of(
            "promote_trigger_file",
            "recovery_target",
            "recovery_target_lsn",
            "recovery_target_name",
            "recovery_target_time",
            "recovery_target_xid");

    private RecoveryEnd() {}
}
