package io.pgherder.controller.it.drift;

import java.util.stream.Stream;

import static io.pgherder.controller.drift.DriftKind.MANAGED_FILE;
import static io.pgherder.controller.drift.DriftKind.SYNCHRONOUS_RULE;
import static io.pgherder.controller.drift.DriftKind.UNSAFE_SETTING;
import static io.pgherder.controller.drift.DriftKind.WEAK_COMMIT;
import static io.pgherder.controller.it.drift.Told.setting;

/** Commits that wait for other standbys than promised, for less, or are worth less. */
public final class CommitRows {
    private static final String NAMES = "synchronous_standby_names";
    private static final String PROMISE = "commits are acknowledged when the promised standbys have them on disk";
    private static final String RESET = " takes it away, then SELECT pg_reload_conf()";

    private CommitRows() {}

    public static Stream<Batch> batches() {
        return Stream.of(rules(), weak());
    }

    private static Batch rules() {
        return Batch.of(
                "synchronous rules",
                Row.of(
                        "whoever streams counts",
                        hands -> hands.enforce("n1", NAMES, "ANY 1 (*)"),
                        Told.of(
                                        "n1",
                                        SYNCHRONOUS_RULE,
                                        "synchronous",
                                        "ANY 1 (n2, n3)",
                                        "ANY 1 (*), where whoever streams counts, a backup too")
                                .because(
                                        "{n1}/pgherder.conf:{#}{written} has ANY 1 (*): the topology has changed since it"
                                                + " was applied, or that file was edited")),
                Row.of(
                        "no standby would be waited for after a promotion",
                        hands -> hands.alterSystem("n2", "set synchronous_standby_names = ''"),
                        Told.of("n2", SYNCHRONOUS_RULE, "synchronous", "ANY 1 (n1, n3)", "no standby is waited for")
                                .because("ALTER SYSTEM set it: it stands in {n2}/postgresql.auto.conf:3{written}")),
                Row.of(
                        "fewer standbys are named, and no reload has read it yet",
                        hands -> hands.manage("n3", NAMES, "FIRST 1 (n1)"),
                        setting(
                                        "n3",
                                        MANAGED_FILE,
                                        NAMES,
                                        "ANY 1 (n1, n2)",
                                        "FIRST 1 (n1) in {n3}/pgherder.conf:{#}{written}")
                                .because(
                                        "the topology has changed since it was applied, or pgherder.conf was edited")));
    }

    private static Batch weak() {
        return Batch.of(
                "commits that are worth less",
                Row.byHand(
                        "the server acknowledges without any standby",
                        hands -> hands.alterSystem("n1", "set synchronous_commit = local"),
                        hands -> hands.alterSystem("n1", "reset synchronous_commit"),
                        weak("synchronous_commit = local: acknowledged without any standby")
                                .because("ALTER SYSTEM set it: it stands in {n1}/postgresql.auto.conf:{#}{written}")
                                .byHand("ALTER SYSTEM RESET synchronous_commit" + RESET
                                        + "; or declare it under settings, as on")),
                Row.of(
                        "a role does not wait for disks",
                        hands -> hands.sql(
                                "n1", "create role clerk; alter role clerk set synchronous_commit = remote_write"),
                        weak("synchronous_commit = remote_write for role clerk")
                                .because("ALTER ROLE \"clerk\" SET synchronous_commit")),
                Row.of(
                        "a role does not wait in one database",
                        hands -> hands.sql(
                                "n1",
                                "create role \"odd \"\" one\"; alter role \"odd \"\" one\" in database postgres set"
                                        + " synchronous_commit = off"),
                        weak("synchronous_commit = off for role odd \" one in database postgres")
                                .because(
                                        "ALTER ROLE \"odd \"\" one\" IN DATABASE \"postgres\" SET synchronous_commit")),
                Row.of(
                        "a database does not wait",
                        hands -> hands.sql("n1", "alter database template1 set synchronous_commit = off"),
                        weak("synchronous_commit = off for database template1")
                                .because("ALTER DATABASE \"template1\" SET synchronous_commit")),
                Row.of(
                        "nobody waits who does not say otherwise",
                        hands -> hands.sql("n1", "alter role all set synchronous_commit = local"),
                        weak("synchronous_commit = local for all roles")
                                .because("ALTER ROLE ALL SET synchronous_commit")),
                unsafe("n2", "fsync", "off", "a crash of the host loses data"),
                unsafe("n3", "full_page_writes", "off", "a crash of the host may leave torn pages"),
                unsafe("n1", "default_transaction_read_only", "on", "nobody can write"));
    }

    private static Told weak(String observed) {
        return Told.of("n1", WEAK_COMMIT, "synchronous", PROMISE, observed);
    }

    private static Row unsafe(String node, String name, String value, String consequence) {
        String safe = value.equals("on") ? "off" : "on";
        return Row.byHand(
                name + " = " + value,
                hands -> hands.alterSystem(node, "set " + name + " = " + value),
                hands -> hands.alterSystem(node, "reset " + name),
                setting(node, UNSAFE_SETTING, name, name + " = " + safe, value + ": " + consequence)
                        .because("ALTER SYSTEM set it: it stands in {" + node + "}/postgresql.auto.conf:{#}{written}")
                        .byHand("ALTER SYSTEM RESET " + name + RESET));
    }
}
