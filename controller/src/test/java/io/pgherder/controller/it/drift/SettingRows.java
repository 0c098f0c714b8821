package io.pgherder.controller.it.drift;

import io.pgherder.controller.testing.TestedPostgres;
import java.util.stream.Stream;

import static io.pgherder.controller.drift.DriftKind.AWAITING_RESTART;
import static io.pgherder.controller.drift.DriftKind.BROKEN_CONFIGURATION;
import static io.pgherder.controller.drift.DriftKind.MANAGED_FILE;
import static io.pgherder.controller.drift.DriftKind.SETTING;
import static io.pgherder.controller.drift.DriftKind.SHADOWED;
import static io.pgherder.controller.drift.DriftKind.UNSAFE_SETTING;
import static io.pgherder.controller.it.drift.Told.setting;

/** Declared settings that have another value in force, or will have: who decides it, and where. */
public final class SettingRows {
    private static final String OF_EVERY_NODE = "every node has it so: pgherder.conf was edited";
    private static final String EDITED = "the topology has changed since it was applied, or pgherder.conf was edited";
    private static final String BROKEN = "with it, a reload takes nothing of any file, and the next start fails";

    private SettingRows() {}

    public static Stream<Batch> batches() {
        return Stream.of(reloads(), restarts(), outside());
    }

    private static Batch reloads() {
        return Batch.of(
                "settings that a reload puts in force",
                LoginRows.withoutRole(),
                Row.of(
                        "an ALTER SYSTEM has set another value",
                        hands -> hands.alterSystem("n2", "set work_mem = '7MB'"),
                        setting("n2", SETTING, "work_mem", "4MB", "7MB")
                                .because("ALTER SYSTEM set it: it stands in {n2}/postgresql.auto.conf:3{written}")),
                Row.of(
                        "an ALTER SYSTEM has set the same value",
                        hands -> hands.alterSystem("n3", "set work_mem = '4096kB'"),
                        setting(
                                        "n3",
                                        SHADOWED,
                                        "work_mem",
                                        "decided by pgherder.conf: 4MB",
                                        "decided by postgresql.auto.conf: 4096kB")
                                .because("ALTER SYSTEM set it: it stands in {n3}/postgresql.auto.conf:3{written}")),
                Row.of(
                        "an ALTER SYSTEM has set a value that no reload has read yet",
                        hands -> hands.sql("n4", "alter system set work_mem = '7MB'"),
                        setting(
                                        "n4",
                                        SHADOWED,
                                        "work_mem",
                                        "decided by pgherder.conf: 4MB",
                                        "decided by postgresql.auto.conf: 7MB, which waits for a reload; 4MB is in force")
                                .because("ALTER SYSTEM set it: it stands in {n4}/postgresql.auto.conf:3{written}")),
                Row.of(
                        "an ALTER SYSTEM has set a value that waits for a restart",
                        hands -> hands.alterSystem("n1", "set max_connections = 40"),
                        setting(
                                        "n1",
                                        SHADOWED,
                                        "max_connections",
                                        "decided by pgherder.conf: 30",
                                        "decided by postgresql.auto.conf: 40, which waits for a restart; 30 is in force")
                                .because("ALTER SYSTEM set it: it stands in {n1}/postgresql.auto.conf:3{written}")),
                Row.of(
                        "a line of pgherder.conf was put back, and the server not told",
                        hands -> {
                            hands.enforce("n1", "work_mem", "7MB");
                            hands.manage("n1", "work_mem", "4MB");
                        },
                        setting("n1", SETTING, "work_mem", "4MB", "7MB")
                                .because("pgherder.conf has it, and has not been reloaded since it was written")),
                Row.of(
                        "a line of pgherder.conf was edited and reloaded",
                        hands -> hands.enforce("n3", "maintenance_work_mem", "65MB"),
                        setting("n3", SETTING, "maintenance_work_mem", "64MB", "65MB")
                                .because(
                                        "{n3}/pgherder.conf:{#}{written} has 65MB: the topology has changed since it was"
                                                + " applied, or that file was edited")),
                Row.of(
                        "a line of pgherder.conf was edited and not reloaded",
                        hands -> hands.manage("n2", "maintenance_work_mem", "65MB"),
                        setting(
                                        "n2",
                                        MANAGED_FILE,
                                        "maintenance_work_mem",
                                        "64MB",
                                        "65MB in {n2}/pgherder.conf:{#}{written}")
                                .because(EDITED)),
                Row.of(
                        "a line of pgherder.conf is gone",
                        hands -> hands.edit(
                                "n4", "pgherder.conf", text -> text.replaceAll("(?m)^maintenance_work_mem.*\n", "")),
                        setting("n4", MANAGED_FILE, "maintenance_work_mem", "64MB", "no line in pgherder.conf")
                                .because(EDITED)),
                Row.of(
                        "a line of the agent was edited",
                        hands -> hands.manage("n3", "hot_standby", "off"),
                        setting("n3", MANAGED_FILE, "hot_standby", "on", "off in {n3}/pgherder.conf:{#}{written}")
                                .because(OF_EVERY_NODE)),
                Row.of(
                        "a line of the agent is gone",
                        hands -> hands.edit(
                                "n4",
                                "pgherder.conf",
                                text -> text.replaceAll("(?m)^recovery_target_timeline.*\n", "")),
                        setting("n4", MANAGED_FILE, "recovery_target_timeline", "latest", "no line in pgherder.conf")
                                .because(OF_EVERY_NODE)),
                Row.of(
                        "the primary's pgherder.conf names an upstream",
                        hands -> hands.append(
                                "n1", "pgherder.conf", "primary_conninfo = 'host=10.0.0.1 port=5432 user=rep'"),
                        Told.of(
                                        "n1",
                                        MANAGED_FILE,
                                        "primary",
                                        "a primary's pgherder.conf, without primary_conninfo",
                                        "primary_conninfo, which leads to 10.0.0.1:5432")
                                .because("it was a standby when that was written, or pgherder.conf was edited")),
                Row.of(
                        "a line of pgherder.conf was never declared",
                        hands -> hands.append("n2", "pgherder.conf", "log_lock_waits = on"),
                        setting(
                                        "n2",
                                        MANAGED_FILE,
                                        "log_lock_waits",
                                        "not declared",
                                        "on in {n2}/pgherder.conf:{#}{written}")
                                .because(EDITED)),
                Row.of(
                        "the file declares another value",
                        hands -> hands.cluster()
                                .edit(text -> text.replace(
                                        "log_min_duration_statement: 5s", "log_min_duration_statement: 6s")),
                        declaredAnew("n1"),
                        declaredAnew("n2"),
                        declaredAnew("n3"),
                        declaredAnew("n4")));
    }

    private static Told declaredAnew(String node) {
        return setting(node, SETTING, "log_min_duration_statement", "6s", "5s")
                .because("{" + node + "}/pgherder.conf:{#}{written} has 5s: the topology has changed since it was"
                        + " applied, or that file was edited");
    }

    private static Batch restarts() {
        return Batch.of(
                "settings that wait for a restart",
                Row.of(
                                "a line of pgherder.conf was put back, and the server not restarted",
                                hands -> {
                                    hands.manage("n3", "max_wal_senders", "13");
                                    hands.restart("n3");
                                    hands.manage("n3", "max_wal_senders", "12");
                                    hands.reload("n3");
                                },
                                setting("n3", SETTING, "max_wal_senders", "12", "13")
                                        .because("pgherder.conf has it, and it waits for a restart"))
                        .startingAnew("n3"),
                Row.of(
                                "a line of pgherder.conf that was never declared is gone, and the server not restarted",
                                hands -> {
                                    hands.append("n2", "pgherder.conf", "wal_log_hints = on");
                                    hands.restart("n2");
                                    hands.replace("n2", "pgherder.conf", "wal_log_hints = on\n", "");
                                    hands.reload("n2");
                                },
                                setting("n2", SETTING, "wal_log_hints", "not declared", "on")
                                        .because(
                                                "pgherder.conf had it when the server read it last, and has it no more: that"
                                                        + " waits for a restart"))
                        .startingAnew("n2"),
                Row.of(
                        "a standby stays on its timeline",
                        hands -> hands.manage("n4", "recovery_target_timeline", "current"),
                        setting("n4", SETTING, "recovery_target_timeline", "latest", "current")
                                .because("{n4}/pgherder.conf:{#}{written} has current: every node has another line, and"
                                        + " that file was edited")),
                Row.of(
                                "a line of pgherder.conf was edited, and the server restarted",
                                hands -> {
                                    hands.manage("n4", "max_connections", "31");
                                    hands.restart("n4");
                                },
                                setting("n4", SETTING, "max_connections", "30", "31")
                                        .because(
                                                "{n4}/pgherder.conf:{#}{written} has 31: the topology has changed since it was"
                                                        + " applied, or that file was edited"))
                        .startingAnew("n4"));
    }

    private static Batch outside() {
        Stream<Row> rows = Stream.of(
                Row.byHand(
                        "the command line decides a declared setting",
                        hands -> hands.restart("n3", "--options=-c work_mem=9MB"),
                        hands -> hands.restart("n3"),
                        setting("n3", SETTING, "work_mem", "4MB", "9MB")
                                .because("the command line that the server was started with decides it")
                                .byHand("take it away there, and restart")),
                Row.byHand(
                        "an undeclared setting waits for a restart",
                        hands -> hands.alterSystem("n2", "set max_pred_locks_per_transaction = 65"),
                        hands -> hands.alterSystem("n2", "reset max_pred_locks_per_transaction"),
                        setting(
                                        "n2",
                                        AWAITING_RESTART,
                                        "max_pred_locks_per_transaction",
                                        "nothing that waits for a restart",
                                        "max_pred_locks_per_transaction = 64 in force, and another value that waits")
                                .because("65 stands in {n2}/postgresql.auto.conf:3{written}")
                                .byHand("restart n2, or take that back; or declare the setting")),
                Row.byHand(
                        "a broken line voids the reload of a declared setting",
                        hands -> {
                            hands.enforce("n4", "work_mem", "7MB");
                            hands.manage("n4", "work_mem", "4MB");
                            hands.prepend("n4", "postgresql.conf", "no_such_setting = 1");
                            hands.reload("n4");
                        },
                        hands -> {
                            hands.replace("n4", "postgresql.conf", "no_such_setting = 1\n", "");
                            hands.reload("n4");
                        },
                        setting("n4", SETTING, "work_mem", "4MB", "7MB")
                                .because(
                                        "a broken line voids every reload: {n4}/postgresql.conf:1: no_such_setting = '1':"
                                                + " unrecognized configuration parameter"),
                        Told.of(
                                        "n4",
                                        BROKEN_CONFIGURATION,
                                        "settings",
                                        "configuration files that the server can read",
                                        "{n4}/postgresql.conf:1: no_such_setting = '1': unrecognized configuration"
                                                + " parameter")
                                .because(BROKEN)
                                .byHand("correct the line: the file is not pgherder's")),
                Row.byHand(
                        "a standby has a recovery target for its next start",
                        hands -> hands.sql("n3", "alter system set recovery_target = 'immediate'"),
                        hands -> hands.alterSystem("n3", "reset recovery_target"),
                        Told.of(
                                        "n3",
                                        UNSAFE_SETTING,
                                        "nodes.n3.settings.recovery_target",
                                        "no end of its recovery",
                                        "immediate: its recovery ends there, and it may come up as a second primary")
                                .because("it stands in {n3}/postgresql.auto.conf:3{written}")
                                .byHand("take it away there, and do not restart n3 before")));
        return Batch.of(
                "settings that a person has to put right",
                Stream.concat(rows, fileThatPromotes()).toArray(Row[]::new));
    }

    /** PostgreSQL 16 has none. */
    private static Stream<Row> fileThatPromotes() {
        return TestedPostgres.MAJOR_VERSION > 15
                ? Stream.of()
                : Stream.of(Row.byHand(
                        "a file may promote a standby",
                        hands -> hands.alterSystem("n2", "set promote_trigger_file = 'nowhere'"),
                        hands -> hands.alterSystem("n2", "reset promote_trigger_file"),
                        Told.of(
                                        "n2",
                                        UNSAFE_SETTING,
                                        "nodes.n2.settings.promote_trigger_file",
                                        "no end of its recovery",
                                        "nowhere: as soon as that file is there, n2 is promoted and is a second primary")
                                .because("it stands in {n2}/postgresql.auto.conf:{#}{written}")
                                .byHand("take it away there, and reload")));
    }
}
