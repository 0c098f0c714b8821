package io.pgherder.controller.it.drift;

import io.pgherder.controller.testing.TestCluster;
import java.nio.file.Files;
import java.util.stream.Stream;

import static io.pgherder.controller.drift.DriftKind.INSTANCE_STOPPED;
import static io.pgherder.controller.drift.DriftKind.NOT_STREAMING;
import static io.pgherder.controller.drift.DriftKind.OTHER_ROLE;
import static io.pgherder.controller.drift.DriftKind.OTHER_TIMELINE;
import static io.pgherder.controller.drift.DriftKind.PRIMARY_LACKS_WAL;
import static io.pgherder.controller.drift.DriftKind.REPLAY_PAUSED;
import static io.pgherder.controller.drift.DriftKind.REWIND_IMPOSSIBLE;
import static io.pgherder.controller.drift.DriftKind.SLOT_MISSING;
import static io.pgherder.controller.drift.DriftKind.STANDBY_BELOW_UPSTREAM;
import static io.pgherder.controller.drift.DriftKind.UNDECLARED_INSTANCE;

/** What leaves a cluster another one than it was: each of these has one of its own. */
public final class LongRows {
    private static final String RUNS = "runs and accepts connections";
    private static final String SHUT_DOWN = "it was shut down, and did not crash";
    private static final String NO_RECEIVER = "does not stream: no WAL receiver runs";

    private LongRows() {}

    /** On a pair of which no commit waits for a standby. */
    public static Batch promoted() {
        return Batch.once(Row.byHand(
                "another node was promoted in place of the declared primary",
                hands -> {
                    hands.stop("n1");
                    hands.cluster().pgCtl("promote", "n2");
                    hands.await(
                            "n2 is a primary",
                            () -> hands.shows("n2", "select pg_is_in_recovery()")
                                    .equals("f"));
                },
                hands -> {
                    hands.cluster().edit(text -> text.replace("primary: n1", "primary: n2"));
                    hands.run("touch", hands.file("n1", "standby.signal").toString());
                    hands.apply();
                },
                stopped("n1"),
                Told.of("n2", OTHER_ROLE, "primary", "standby", "a primary")
                        .byHand("write  primary: n2  into the file, if that is how it should stay"),
                Told.of("n2", SLOT_MISSING, "nodes.n1.follows", "a slot n1 that keeps its WAL", "there is none"),
                Told.of("n1", OTHER_TIMELINE, "nodes.n1", "timeline 2, as n2", "timeline 1")
                        .because("it has not followed the last promotion")
                        .byHand("was it the primary? before it follows, that has to be clear")));
    }

    public static Batch primaryAsStandby() {
        return Batch.once(Row.byHand(
                "the primary was restarted as a standby",
                hands -> {
                    hands.run("touch", hands.file("n1", "standby.signal").toString());
                    hands.restart("n1");
                },
                hands -> {
                    Files.delete(hands.file("n1", "standby.signal"));
                    hands.restart("n1");
                },
                Told.of("n1", OTHER_ROLE, "primary", "primary", "a standby")
                        .byHand("which node was the primary last, and is  primary:  right? apply never promotes")));
    }

    public static Batch olderPrimary() {
        return Batch.once(Row.byHand(
                "the primary was restored from an older copy",
                hands -> {
                    hands.stop("n1");
                    hands.copyAside("n1");
                    hands.start("n1");
                    hands.await(
                            "n2 streams", () -> !hands.cluster().followers("n1").isEmpty());
                    hands.sql("n1", "create table acknowledged as select generate_series(1, 20000)");
                    hands.stop("n1");
                    hands.putBack("n1");
                },
                hands -> {
                    hands.stop("n2");
                    hands.setAside("n2");
                    hands.apply();
                },
                stopped("n1"),
                Told.of(
                                "n1",
                                PRIMARY_LACKS_WAL,
                                "primary",
                                "all the WAL that its standbys have from it",
                                "n2 has {lsn} on the same timeline")
                        .because("n1 was shut down at {lsn} on timeline 1")
                        .byHand(
                                "was n1 restored from an older copy? What its standbys have more was acknowledged: to keep"
                                        + " that, stop n1 and promote the one that has most. To keep n1 as it is, stop its standbys"
                                        + " and move their data and WAL directories away: they are cloned again"),
                Told.of("n2", NOT_STREAMING, "nodes.n2.follows", "streams from n1", NO_RECEIVER)
                        .because("n1 does not run")));
    }

    /** On a pair that was made without checksums. */
    public static Batch withoutChecksums() {
        return Batch.once(Row.byHand(
                "there are neither checksums nor wal_log_hints",
                hands -> {},
                hands -> {
                    hands.cluster().edit(text -> text.replace("settings:\n", "settings:\n  wal_log_hints: on\n"));
                    hands.apply();
                },
                Told.of(
                                "n1",
                                REWIND_IMPOSSIBLE,
                                "postgres.initdb.data_checksums",
                                "data checksums, or wal_log_hints",
                                "neither: pg_rewind is impossible in this cluster")
                        .because("it was made without checksums")
                        .byHand("declare  wal_log_hints: on  under settings, and apply: that takes a restart")));
    }

    /** On a cascade, whose last standby learns of it by what comes from the primary. */
    public static Batch belowThePrimary() {
        return Batch.once(Row.byHand(
                "the primary has more worker processes than its standbys",
                hands -> {
                    hands.alterSystem("n1", "set max_worker_processes = 12");
                    hands.restart("n1");
                },
                hands -> {
                    hands.cluster()
                            .edit(text -> text.replace("settings:\n", "settings:\n  max_worker_processes: 12\n"));
                    hands.apply();
                },
                Stream.of("n2", "n3", "n4")
                        .flatMap(node -> Stream.of(
                                Told.setting(
                                                node,
                                                STANDBY_BELOW_UPSTREAM,
                                                "max_worker_processes",
                                                "max_worker_processes of at least 12, as n1 has",
                                                "8")
                                        .because(
                                                "a standby with less stops replaying, cannot be promoted, and does not start again")
                                        .byHand(
                                                "declare max_worker_processes under settings, as at least 12, for all nodes, and under none of them less"),
                                Told.of(
                                                node,
                                                REPLAY_PAUSED,
                                                "nodes." + node,
                                                "replays what it receives",
                                                "has paused replay at {lsn}")
                                        .because("its max_worker_processes is below that of n1")
                                        .byHand("do not resume it, which would shut it down: it goes on once it has"
                                                + " restarted with max_worker_processes of at least 12")))
                        .toArray(Told[]::new)));
    }

    /** On a cascade. */
    public static Batch takenOut() {
        return Batch.once(Row.byHand(
                "a node was taken out of the file, and runs on",
                hands -> hands.cluster()
                        .edit(text -> text.replace(", shared: true", "").replaceAll("(?m)^  n4: .*\n", "")),
                hands -> {
                    hands.apply("--prune");
                    hands.cluster().edit(TestCluster::shareHosts);
                },
                Told.of(
                                "db2",
                                UNDECLARED_INSTANCE,
                                "hosts.db2",
                                "no other instance than the declared ones",
                                "one runs in {n4}, port {n4 port}")
                        .because("it was node n4 of this cluster, and is not in the file any more")
                        .byHand("apply --prune stops it, sets its directories aside and drops its slot")));
    }

    private static Told stopped(String node) {
        return Told.of(node, INSTANCE_STOPPED, "nodes." + node, RUNS, "is stopped")
                .because(SHUT_DOWN);
    }
}
