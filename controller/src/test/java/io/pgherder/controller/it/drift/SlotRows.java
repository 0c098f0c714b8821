package io.pgherder.controller.it.drift;

import io.pgherder.controller.testing.TestedPostgres;
import java.util.List;
import java.util.stream.Stream;

import static io.pgherder.controller.drift.DriftKind.INSTANCE_STOPPED;
import static io.pgherder.controller.drift.DriftKind.OTHER_SLOT;
import static io.pgherder.controller.drift.DriftKind.SLOT_HOLDS_WAL;
import static io.pgherder.controller.drift.DriftKind.SLOT_LOST;
import static io.pgherder.controller.drift.DriftKind.SLOT_MISSING;
import static io.pgherder.controller.drift.DriftKind.SLOT_ORPHANED;

/** Replication slots that are not there, keep WAL for nobody, or no WAL at all. */
public final class SlotRows {
    private static final String IDLE = "it is there, and keeps WAL for nobody";

    private SlotRows() {}

    public static Stream<Batch> batches() {
        return Stream.of(remade(), strangers(), lost());
    }

    private static Batch remade() {
        return Batch.of(
                "slots of standbys",
                Row.of(
                        "the slot of a standby was dropped",
                        hands -> {
                            hands.manage("n2", "primary_slot_name", "");
                            hands.reload("n2");
                            hands.await(
                                    "slot n2 is idle",
                                    () -> hands.shows(
                                                    "n1",
                                                    "select active from pg_replication_slots where slot_name = 'n2'")
                                            .equals("f"));
                            hands.sql("n1", "select pg_drop_replication_slot('n2')");
                        },
                        Told.of("n2", OTHER_SLOT, "replication.slots", "streams by slot n2", "streams without a slot")
                                .because("its primary_slot_name stands in {n2}/pgherder.conf:{#}{written}"),
                        Told.of(
                                "n1",
                                SLOT_MISSING,
                                "nodes.n2.follows",
                                "a slot n2 that keeps its WAL",
                                "there is none")),
                Row.of(
                                "the slot of a stopped standby keeps no WAL",
                                hands -> {
                                    hands.stop("n3");
                                    hands.sql(
                                            "n1",
                                            "select pg_drop_replication_slot('n3'); select pg_create_physical_replication_slot('n3')");
                                },
                                Told.of(
                                                "n3",
                                                INSTANCE_STOPPED,
                                                "nodes.n3",
                                                "runs and accepts connections",
                                                "is stopped")
                                        .because("it was shut down, and did not crash"),
                                Told.of(
                                        "n1",
                                        SLOT_LOST,
                                        "nodes.n3.follows",
                                        "a slot n3 that keeps its WAL",
                                        "it keeps no WAL: nobody has used it yet"))
                        .startingAnew("n3"),
                Row.of(
                        "a standby has a slot where it does not stream from",
                        hands -> hands.sql("n1", "select pg_create_physical_replication_slot('n4', true)"),
                        Told.of("n1", SLOT_ORPHANED, "nodes.n4.follows", "no slot n4", IDLE)
                                .because("n4 follows n2")),
                Row.of(
                        "a standby has a slot of its own name",
                        hands -> hands.sql("n4", "select pg_create_physical_replication_slot('n4', true)"),
                        Told.of("n4", SLOT_ORPHANED, "nodes.n4.follows", "no slot n4", IDLE)
                                .because("n4 follows n2")),
                Row.byHand(
                        "somebody else uses the slot of a standby where that does not stream from",
                        hands -> {
                            hands.sql("n4", "select pg_create_physical_replication_slot('n2')");
                            hands.receiveWal("n4", "n2");
                        },
                        hands -> {
                            hands.sql(
                                    "n4",
                                    "select pg_terminate_backend(active_pid) from pg_replication_slots where slot_name = 'n2'");
                            hands.await(
                                    "the slot is free",
                                    () -> hands.shows(
                                                    "n4",
                                                    "select active from pg_replication_slots where slot_name = 'n2'")
                                            .equals("f"));
                        },
                        Told.of("n4", SLOT_ORPHANED, "nodes.n2.follows", "no slot n2", "it is there, and in use")
                                .because("n2 follows n1")
                                .byHand("who uses it? pg_stat_replication on n4 tells; end that, and apply")));
    }

    private static Batch strangers() {
        return Batch.of(
                "slots of strangers",
                Row.byHand(
                        "a slot keeps more WAL than the declared limit, for nobody",
                        hands -> {
                            hands.cluster().edit(text -> text + "limits: { slot_wal: 1MB }\n");
                            hands.sql("n1", "select pg_create_physical_replication_slot('nobodys', true)");
                            hands.sql(
                                    "n1",
                                    "create table kept as select repeat('x', 100) from generate_series(1, 20000)");
                        },
                        hands -> hands.sql("n1", "select pg_drop_replication_slot('nobodys'); drop table kept"),
                        Told.of("n1", SLOT_ORPHANED, "nodes", "no slot nobodys", IDLE)
                                .because("no declared node has this name, and nobody uses the slot")
                                .byHand("SELECT pg_drop_replication_slot('nobodys') on n1, if nobody needs it"),
                        Told.of(
                                        "n1",
                                        SLOT_HOLDS_WAL,
                                        "limits.slot_wal",
                                        "slots that keep at most 1.0 MB",
                                        "slot nobodys keeps {number} MB")
                                .because("nobody uses it")
                                .byHand("start who should use it; or drop it, and clone that standby anew")),
                Row.byHand(
                        "a logical slot has the name of a standby",
                        hands -> {
                            restartedPrimary(hands, "--options=-c wal_level=logical");
                            hands.manage("n3", "primary_slot_name", "");
                            hands.reload("n3");
                            hands.await(
                                    "slot n3 is idle",
                                    () -> hands.shows(
                                                    "n1",
                                                    "select active from pg_replication_slots where slot_name = 'n3'")
                                            .equals("f"));
                            hands.sql(
                                    "n1",
                                    "select pg_drop_replication_slot('n3'); select pg_create_logical_replication_slot('n3', 'pgoutput')");
                            awaitFollowers(hands);
                        },
                        hands -> {
                            hands.sql("n1", "select pg_drop_replication_slot('n3')");
                            restartedPrimary(hands);
                        },
                        Told.of("n3", OTHER_SLOT, "replication.slots", "streams by slot n3", "streams without a slot")
                                .because("its primary_slot_name stands in {n3}/pgherder.conf:{#}{written}"),
                        Told.of(
                                        "n1",
                                        SLOT_MISSING,
                                        "nodes.n3.follows",
                                        "a slot n3 that keeps its WAL",
                                        "a logical slot has its name")
                                .byHand("whose is it? drop it, or give n3 another name")),
                Row.of(
                        "the primary has a slot on a standby",
                        hands -> hands.sql("n4", "select pg_create_physical_replication_slot('n1')"),
                        Told.of("n4", SLOT_ORPHANED, "nodes.n1.follows", "no slot n1", "it is there")
                                .because("n1 is the primary")));
    }

    private static void restartedPrimary(Hands hands, String... options) {
        hands.restart("n1", options);
        awaitFollowers(hands);
    }

    private static void awaitFollowers(Hands hands) {
        hands.await("n2 and n3 stream", () -> hands.cluster().followers("n1").containsAll(List.of("n2", "n3")));
    }

    private static Batch lost() {
        return Batch.of(
                "slots whose WAL is gone",
                Row.byHand(
                        "the slot of a stopped standby was not allowed to keep so much",
                        hands -> {
                            hands.stop("n3");
                            hands.alterSystem("n1", "set max_slot_wal_keep_size = '1MB'");
                            hands.await("the slot is lost", () -> {
                                hands.sql(
                                        "n1",
                                        "create table if not exists past(); drop table past; select pg_switch_wal(); checkpoint");
                                return hands.shows(
                                                "n1",
                                                "select wal_status from pg_replication_slots where slot_name = 'n3'")
                                        .equals("lost");
                            });
                        },
                        hands -> {
                            hands.alterSystem("n1", "reset max_slot_wal_keep_size");
                            hands.run(
                                    "rm",
                                    "-rf",
                                    hands.file("n3", "").toString(),
                                    hands.walDirectory("n3").toString());
                            hands.apply();
                        },
                        Told.of("n3", INSTANCE_STOPPED, "nodes.n3", "runs and accepts connections", "is stopped")
                                .because("it was shut down, and did not crash"),
                        Told.of(
                                        "n1",
                                        SLOT_LOST,
                                        "nodes.n3.follows",
                                        "a slot n3 that keeps its WAL",
                                        "its WAL is gone: wal_status is lost")
                                .because("it kept more than max_slot_wal_keep_size allows"
                                        + (TestedPostgres.MAJOR_VERSION < 18
                                                ? ""
                                                : ", or was unused for longer than idle_replication_slot_timeout"))
                                .byHand(
                                        "stop n3, move its data and WAL directories away, and apply: it is cloned again")));
    }
}
