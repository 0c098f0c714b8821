package io.pgherder.controller.it.drift;

import io.pgherder.controller.testing.OldAgent;
import io.pgherder.controller.testing.TestedPostgres;
import java.nio.file.Files;
import java.util.stream.Stream;

import static io.pgherder.controller.drift.DriftKind.AGENT_VERSION;
import static io.pgherder.controller.drift.DriftKind.INSTANCE_MISSING;
import static io.pgherder.controller.drift.DriftKind.MANAGED_FILE;
import static io.pgherder.controller.drift.DriftKind.MEMBER_NOT_CONFIRMING;
import static io.pgherder.controller.drift.DriftKind.NOT_MANAGED;
import static io.pgherder.controller.drift.DriftKind.OTHER_ROLE;
import static io.pgherder.controller.drift.DriftKind.OTHER_SYSTEM;
import static io.pgherder.controller.drift.DriftKind.OTHER_TIMELINE;
import static io.pgherder.controller.drift.DriftKind.REPLAY_PAUSED;
import static io.pgherder.controller.drift.DriftKind.SETTING;
import static io.pgherder.controller.drift.DriftKind.SEVERAL_PRIMARIES;
import static io.pgherder.controller.drift.DriftKind.STANDBY_BELOW_UPSTREAM;
import static io.pgherder.controller.drift.DriftKind.WAL_DIRECTORY_ELSEWHERE;

/** Instances of another history than their primary's, or that cannot follow it any farther; and an agent of another time. */
public final class HistoryRows {
    private static final String WHICH = "which one do clients write to? stop the other one first, and keep its data";
    private static final String WORKERS = "max_worker_processes";

    private HistoryRows() {}

    public static Stream<Batch> batches() {
        return Stream.of(twoPrimaries(), otherSystem(), belowThePrimary(), olderAgent());
    }

    private static Batch twoPrimaries() {
        return Batch.of(
                "nodes that run as primaries",
                Row.byHand(
                        "a standby was promoted beside the primary",
                        hands -> {
                            hands.cluster().pgCtl("promote", "n4");
                            hands.await(
                                    "n4 is a primary",
                                    () -> hands.shows("n4", "select pg_is_in_recovery()")
                                            .equals("f"));
                        },
                        hands -> {
                            hands.stop("n4");
                            hands.setAside("n4");
                            hands.apply();
                            hands.run(
                                    "rm",
                                    "-rf",
                                    hands.file("n4.aside", "").toString(),
                                    hands.walDirectory("n4.aside").toString());
                        },
                        Told.of(
                                        "n1",
                                        SEVERAL_PRIMARIES,
                                        "primary",
                                        "the only primary",
                                        "a primary beside n4, on timeline 1 at {lsn}")
                                .byHand(WHICH),
                        Told.of(
                                        "n4",
                                        SEVERAL_PRIMARIES,
                                        "primary",
                                        "a standby",
                                        "a primary beside n1, on timeline 2 at {lsn}")
                                .byHand(WHICH),
                        Told.of("n4", OTHER_TIMELINE, "nodes.n4", "timeline 1, as n1", "timeline 2")
                                .because("it was itself promoted, and n1 was not since")
                                .byHand("which of them is the primary? the other one must not run as one")));
    }

    private static Batch otherSystem() {
        return Batch.of(
                "data of another system",
                Row.byHand(
                        "the data of a standby comes from another initdb",
                        hands -> {
                            hands.stop("n3");
                            Files.move(hands.file("n3", ""), hands.file("n3.aside", ""));
                            hands.run(hands.program("initdb"), "--no-sync", "--pgdata=" + hands.file("n3", ""));
                            hands.run(
                                    "cp",
                                    hands.file("n3.aside", "pg_hba.conf").toString(),
                                    hands.file("n3", "").toString());
                        },
                        hands -> {
                            hands.run("rm", "-rf", hands.file("n3", "").toString());
                            Files.move(hands.file("n3.aside", ""), hands.file("n3", ""));
                            hands.start("n3");
                        },
                        InstanceRows.stopped("n3", InstanceRows.SHUT_DOWN),
                        Told.of(
                                        "n3",
                                        OTHER_SYSTEM,
                                        "nodes.n3.data_dir",
                                        "data of system {system}",
                                        "data of system {system}")
                                .because("it comes from another initdb")
                                .byHand("is this the directory that is meant? pgherder does not touch it"),
                        Told.of("n3", OTHER_ROLE, "primary", "standby", "a primary, as which it would start")
                                .because("there is no standby.signal in its data directory")
                                .byHand("was it a primary? do not start it before that is clear"),
                        Told.of(
                                "n3",
                                NOT_MANAGED,
                                "settings",
                                "reads pgherder.conf, by the last line of postgresql.conf",
                                "there is no pgherder.conf"),
                        Told.of(
                                        "n3",
                                        WAL_DIRECTORY_ELSEWHERE,
                                        "nodes.n3.wal_dir",
                                        "WAL in {n3 wal}",
                                        "WAL in the data directory itself: pg_wal is no link")
                                .byHand("mv -T {n3}/pg_wal {n3 wal} && ln -sfn {n3 wal} {n3}/pg_wal  under its account,"
                                        + " and apply, which starts it; or correct wal_dir")));
    }

    /** The last standby learns of it by what comes from the primary. */
    private static Batch belowThePrimary() {
        return Batch.of(
                "standbys that have less than their primary",
                Row.of(
                                "the primary alone has what the file declares",
                                hands -> {
                                    hands.cluster()
                                            .edit(text ->
                                                    text.replace("settings:\n", "settings:\n  " + WORKERS + ": 12\n"));
                                    hands.append("n1", "pgherder.conf", WORKERS + " = '12'");
                                    hands.restart("n1");
                                },
                                Stream.of("n2", "n3", "n4")
                                        .flatMap(HistoryRows::below)
                                        .toArray(Told[]::new))
                        .startingAnew("n2", "n3", "n4"));
    }

    /** It stops replaying, before PostgreSQL 14 it ends: what it had in force cannot be asked then. */
    private static Stream<Told> below(String node) {
        return TestedPostgres.MAJOR_VERSION < 14
                ? Stream.of(
                        InstanceRows.stopped(
                                node,
                                "it was not shut down: its control file says \"in archive recovery\"; did it crash, or its host?"),
                        Told.setting(node, MANAGED_FILE, WORKERS, "12", "no line in pgherder.conf")
                                .because("the topology has changed since it was applied, or pgherder.conf was edited"))
                : Stream.of(
                        Told.setting(node, SETTING, WORKERS, "12", "8")
                                .because(
                                        "no file sets it: that is PostgreSQL's default; pgherder.conf has no line for it"),
                        Told.setting(node, STANDBY_BELOW_UPSTREAM, WORKERS, WORKERS + " of at least 12, as n1 has", "8")
                                .because(
                                        "a standby with less stops replaying, cannot be promoted, and does not start again"),
                        Told.of(
                                        node,
                                        REPLAY_PAUSED,
                                        "nodes." + node,
                                        "replays what it receives",
                                        "has paused replay at {lsn}")
                                .because("its " + WORKERS + " is below that of n1"));
    }

    private static Batch olderAgent() {
        OldAgent[] old = new OldAgent[1];
        return Batch.of(
                "agents of another version",
                Row.byHand(
                        "an agent is older than the controller",
                        hands -> old[0] = OldAgent.inThePlaceOf(hands.cluster().agent("db2")),
                        hands -> {
                            old[0].close();
                            hands.cluster().agent("db2").start();
                        },
                        Told.of(
                                        "db2",
                                        AGENT_VERSION,
                                        "hosts.db2.agent",
                                        "agent {version}, as this pgherder",
                                        "agent 0.0.9")
                                .byHand(
                                        "install the agent of this pgherder on db2, or use the pgherder of its version"),
                        Told.of(
                                "n2",
                                INSTANCE_MISSING,
                                "nodes.n2",
                                "an instance in {n2}",
                                "there is no such directory"),
                        Told.of(
                                        "n2",
                                        MEMBER_NOT_CONFIRMING,
                                        "synchronous.of",
                                        "confirms commits of n1",
                                        "streams from nobody, and a connection of its name confirms commits")
                                .because("whoever calls itself n2 counts for it: PostgreSQL goes by application_name")
                                .byHand("who is it? SELECT pid, client_addr, usename FROM pg_stat_replication WHERE"
                                        + " application_name = 'n2' on n1; stop it, or have it go by another name"),
                        Told.of(
                                "n4",
                                INSTANCE_MISSING,
                                "nodes.n4",
                                "an instance in {n4}",
                                "there is no such directory")));
    }
}
