package io.pgherder.controller.it.drift;

import java.util.stream.Stream;

import static io.pgherder.controller.drift.DriftKind.HBA_EXTRA;
import static io.pgherder.controller.drift.DriftKind.HBA_MISSING;
import static io.pgherder.controller.drift.DriftKind.LAG;
import static io.pgherder.controller.drift.DriftKind.MANAGED_FILE;
import static io.pgherder.controller.drift.DriftKind.MEMBER_NOT_CONFIRMING;
import static io.pgherder.controller.drift.DriftKind.NOT_STREAMING;
import static io.pgherder.controller.drift.DriftKind.OTHER_LOGIN;
import static io.pgherder.controller.drift.DriftKind.OTHER_OPTIONS;
import static io.pgherder.controller.drift.DriftKind.OTHER_SLOT;
import static io.pgherder.controller.drift.DriftKind.OTHER_UPSTREAM;
import static io.pgherder.controller.drift.DriftKind.REPLAY_PAUSED;
import static io.pgherder.controller.drift.DriftKind.ROLE;
import static io.pgherder.controller.drift.DriftKind.SETTING;
import static io.pgherder.controller.drift.DriftKind.SLOT_HOLDS_WAL;
import static io.pgherder.controller.drift.DriftKind.SLOT_ORPHANED;
import static io.pgherder.controller.it.drift.Told.setting;

/** Standbys that stream from somebody else, otherwise than declared, from nobody, or too late. */
public final class UpstreamRows {
    private static final String NO_RECEIVER = "does not stream: no WAL receiver runs";

    private static final String SET_BY = "ALTER SYSTEM, pg_basebackup -R or pg_rewind -R set it";

    private UpstreamRows() {}

    public static Stream<Batch> batches() {
        return Stream.of(ledAstray(), setByHand(), cutOff(), outOfReach(), otherRole(), heldUp());
    }

    private static Batch ledAstray() {
        return Batch.of(
                "standbys that pgherder.conf leads astray",
                Row.of(
                        "it streams from another node",
                        hands -> {
                            hands.sql("n1", "select pg_create_physical_replication_slot('n4')");
                            hands.run(
                                    "sed",
                                    "-i",
                                    "s/^[^:]*:[^:]*/*:*/",
                                    LoginRows.passwordFile(hands, "n4").toString());
                            hands.edit(
                                    "n4",
                                    "pgherder.conf",
                                    text -> text.replaceAll(
                                            "host=\\S+ port=\\d+",
                                            "host=127.0.0.1 port="
                                                    + hands.cluster().node("n1").port()));
                            hands.reload("n4");
                        },
                        Told.of("n4", OTHER_UPSTREAM, "nodes.n4.follows", "streams from n2", "streams from n1")
                                .because("its primary_conninfo stands in {n4}/pgherder.conf:{#}{written}"),
                        Told.of("n1", SLOT_ORPHANED, "nodes.n4.follows", "no slot n4", "it is there, and in use")
                                .because("n4 follows n2")),
                Row.of(
                        "it streams without its slot",
                        hands -> {
                            hands.manage("n3", "primary_slot_name", "");
                            hands.reload("n3");
                        },
                        Told.of("n3", OTHER_SLOT, "replication.slots", "streams by slot n3", "streams without a slot")
                                .because("its primary_slot_name stands in {n3}/pgherder.conf:{#}{written}")),
                Row.of(
                        "it is connected with another option",
                        hands -> {
                            hands.replace(
                                    "n3",
                                    "pgherder.conf",
                                    "application_name=n3",
                                    "application_name=n3 keepalives_idle=9");
                            hands.reload("n3");
                        },
                        Told.of(
                                        "n3",
                                        OTHER_OPTIONS,
                                        "replication.options.keepalives_idle",
                                        "connects without keepalives_idle",
                                        "is connected with keepalives_idle=9")
                                .because("its primary_conninfo stands in {n3}/pgherder.conf:{#}{written}")),
                Row.of(
                        "the primary knows it by another name",
                        hands -> {
                            hands.replace("n2", "pgherder.conf", "application_name=n2", "application_name=mine");
                            hands.reload("n2");
                        },
                        Told.of(
                                        "n2",
                                        MEMBER_NOT_CONFIRMING,
                                        "synchronous.of",
                                        "confirms commits of n1",
                                        "n1 has no connection of that name")
                                .because("its primary_conninfo has application_name=mine: it stands in"
                                        + " {n2}/pgherder.conf:{#}{written}"),
                        Told.of("n2", MANAGED_FILE, "nodes.n2", "application_name n2", "application_name mine")
                                .because("primary_conninfo in pgherder.conf has it: that file was edited")));
    }

    private static Batch setByHand() {
        return Batch.of(
                "standbys that an ALTER SYSTEM leads astray",
                Row.of(
                        "it streams without its slot",
                        hands -> hands.alterSystem("n3", "set primary_slot_name = ''"),
                        Told.of("n3", OTHER_SLOT, "replication.slots", "streams by slot n3", "streams without a slot")
                                .because("its primary_slot_name stands in {n3}/postgresql.auto.conf:3{written}"),
                        setting("n3", SETTING, "primary_slot_name", "n3", "empty")
                                .because(SET_BY + ": it stands in {n3}/postgresql.auto.conf:3{written}")),
                Row.of(
                        "it streams by another address",
                        hands -> hands.alterSystem(
                                "n2",
                                "set primary_conninfo = 'host=localhost port="
                                        + hands.cluster().node("n1").port()
                                        + " user=rep password=''only for tests'' application_name=n2'"),
                        Told.of(
                                        "n2",
                                        OTHER_UPSTREAM,
                                        "hosts.db1.address",
                                        "streams from n1 at {n1 address}",
                                        "streams from it at localhost:{n1 port}")
                                .because("its primary_conninfo stands in {n2}/postgresql.auto.conf:3{written}"),
                        setting(
                                        "n2",
                                        SETTING,
                                        "primary_conninfo",
                                        "host=127.0.0.1 port={n1 port} user=rep passfile={passfile} application_name=n2",
                                        "host=localhost port={n1 port} user=rep password=**** application_name=n2")
                                .because(SET_BY + ": it stands in {n2}/postgresql.auto.conf:3{written}")),
                Row.of(
                        "it is sent where nobody is",
                        hands -> hands.alterSystem("n4", "set primary_conninfo = 'host=127.0.0.9 port=1'"),
                        notStreaming("n4", "n2")
                                .because("its primary_conninfo is decided by {n4}/postgresql.auto.conf:3"),
                        setting(
                                        "n4",
                                        SETTING,
                                        "primary_conninfo",
                                        "host=127.0.0.2 port={n2 port} user=rep passfile={passfile} application_name=n4",
                                        "host=127.0.0.9 port=1")
                                .because(SET_BY + ": it stands in {n4}/postgresql.auto.conf:3{written}")));
    }

    private static Batch cutOff() {
        return Batch.of(
                "standbys that stream from nobody",
                Row.of(
                        "its slot does not exist",
                        hands -> {
                            hands.manage("n4", "primary_slot_name", "nobodys");
                            hands.reload("n4");
                        },
                        notStreaming("n4", "n2").because("there is no slot nobodys on n2")),
                Row.of(
                        "pgherder.conf sends it elsewhere",
                        hands -> {
                            hands.edit("n3", "pgherder.conf", text -> text.replaceAll("port=\\d+", "port=1"));
                            hands.reload("n3");
                        },
                        notStreaming("n3", "n1")
                                .because(
                                        "its primary_conninfo stands in {n3}/pgherder.conf:{#}{written}, and sends it to"
                                                + " 127.0.0.1:1"),
                        LoginRows.passwordFile("n3", "it has none for the upstream")));
    }

    private static Batch outOfReach() {
        return Batch.of(
                "a standby that does not reach its upstream",
                Row.byHand(
                        "its upstream is declared to listen elsewhere",
                        hands -> {
                            hands.cluster()
                                    .edit(text -> text.replaceFirst(
                                            "( n2: [{] host: db2, port: \\d+)",
                                            "$1, settings: { listen_addresses: 127.0.0.9 }"));
                            hands.manage("n2", "listen_addresses", "127.0.0.9");
                            hands.restart("n2");
                            hands.await(
                                    "n2 streams",
                                    () -> hands.cluster().followers("n1").contains("n2"));
                        },
                        hands -> {
                            hands.cluster()
                                    .edit(text -> text.replace(", settings: { listen_addresses: 127.0.0.9 }", ""));
                            hands.manage("n2", "listen_addresses", "127.0.0.2");
                            hands.restart("n2");
                        },
                        notStreaming("n4", "n2")
                                .because("db2 does not get through to {n2 address}: refused")
                                .byHand("does listen_addresses of n2 include 127.0.0.2?")));
    }

    private static Batch otherRole() {
        return Batch.of(
                "standbys that are to log in as another role",
                Row.of(
                        "the file names another role",
                        hands -> hands.cluster()
                                .edit(text -> text.replace("user: rep", "user: other")
                                        .replace("host replication rep ", "host replication rep,other ")),
                        Stream.concat(
                                        Stream.of(
                                                otherLogin("n2"),
                                                otherLogin("n3"),
                                                otherLogin("n4"),
                                                Told.of(
                                                        "n1",
                                                        ROLE,
                                                        "replication.user",
                                                        "a role other",
                                                        "there is none")),
                                        Stream.of("n1", "n2", "n3", "n4")
                                                .flatMap(node -> Stream.of(
                                                        Told.of(
                                                                        node,
                                                                        HBA_MISSING,
                                                                        "hba.2",
                                                                        "host replication rep,other 127.0.0.0/8 scram-sha-256",
                                                                        "no such line")
                                                                .because("{" + node + "}/pg_hba.conf{written}"),
                                                        Told.of(
                                                                        node,
                                                                        HBA_EXTRA,
                                                                        "hba",
                                                                        "no such line",
                                                                        "host replication rep 127.0.0.0/8 scram-sha-256")
                                                                .because("{" + node + "}/pg_hba.conf{written}"))))
                                .toArray(Told[]::new)));
    }

    private static Told otherLogin(String node) {
        return Told.of(node, OTHER_LOGIN, "replication.user", "logs in as other", "is logged in as rep")
                .because("its primary_conninfo stands in {" + node + "}/pgherder.conf:{#}{written}");
    }

    private static Batch heldUp() {
        return Batch.of(
                "standbys beyond the declared limits",
                Row.byHand(
                        "its replay is paused",
                        hands -> {
                            hands.cluster()
                                    .edit(text -> text + "limits: { lag: 1MB, replay_lag: 500ms, slot_wal: 2MB }\n");
                            hands.alterSystem("n3", "set wal_receiver_status_interval = 1");
                            hands.sql("n3", "select pg_wal_replay_pause()");
                        },
                        hands -> {
                            hands.sql("n3", "select pg_wal_replay_resume()");
                            hands.alterSystem("n3", "reset wal_receiver_status_interval");
                        },
                        Told.of(
                                        "n3",
                                        REPLAY_PAUSED,
                                        "nodes.n3",
                                        "replays what it receives",
                                        "has paused replay at {lsn}")
                                .because("somebody called pg_wal_replay_pause()")
                                .byHand("SELECT pg_wal_replay_resume() goes on"),
                        Told.of(
                                        "n3",
                                        LAG,
                                        "limits.replay_lag",
                                        "replays within 0.5 s",
                                        "replays what is {number} s old")
                                .byHand("what holds it up: long queries, or its disk?")),
                Row.byHand(
                        "it does not receive",
                        hands -> {
                            hands.signalReceiver("n4", "STOP");
                            hands.sql(
                                    "n1",
                                    "create table held_up as select repeat('x', 100) from generate_series(1, 30000)");
                        },
                        hands -> {
                            hands.signalReceiver("n4", "CONT");
                            hands.sql("n1", "drop table held_up");
                        },
                        Told.of(
                                        "n4",
                                        LAG,
                                        "limits.lag",
                                        "at most 1.0 MB of WAL behind its upstream",
                                        "{number} MB behind n2")
                                .byHand("what holds it up: its network, its disk, a copy that is made of it?"),
                        Told.of(
                                        "n2",
                                        SLOT_HOLDS_WAL,
                                        "limits.slot_wal",
                                        "slots that keep at most 2.0 MB",
                                        "slot n4 keeps {number} MB")
                                .because("whoever uses it lags")
                                .byHand("why does it not keep up? status shows its lag")));
    }

    private static Told notStreaming(String node, String upstream) {
        return Told.of(node, NOT_STREAMING, "nodes." + node + ".follows", "streams from " + upstream, NO_RECEIVER);
    }
}
