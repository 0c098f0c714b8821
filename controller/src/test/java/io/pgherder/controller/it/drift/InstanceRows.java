package io.pgherder.controller.it.drift;

import io.pgherder.controller.testing.TestCluster;
import io.pgherder.controller.testing.TestedPostgres;
import java.nio.file.Files;
import java.util.stream.Stream;

import static io.pgherder.controller.drift.DriftKind.DATA_DIRECTORY_ELSEWHERE;
import static io.pgherder.controller.drift.DriftKind.INSTANCE_MISSING;
import static io.pgherder.controller.drift.DriftKind.INSTANCE_STOPPED;
import static io.pgherder.controller.drift.DriftKind.MANAGED_FILE;
import static io.pgherder.controller.drift.DriftKind.MEMBER_NOT_CONFIRMING;
import static io.pgherder.controller.drift.DriftKind.NOT_ACCEPTING;
import static io.pgherder.controller.drift.DriftKind.NOT_STREAMING;
import static io.pgherder.controller.drift.DriftKind.OTHER_MAJOR_VERSION;
import static io.pgherder.controller.drift.DriftKind.OTHER_ROLE;
import static io.pgherder.controller.drift.DriftKind.SESSIONS_END;
import static io.pgherder.controller.drift.DriftKind.UNDECLARED_INSTANCE;

/** Instances that are not there, do not run, are somebody else's, or would start as what they are not. */
public final class InstanceRows {
    private static final String RUNS = "runs and accepts connections";
    static final String SHUT_DOWN = "it was shut down, and did not crash";
    private static final String NO_SIGNAL = "there is no standby.signal in its data directory";

    private static final String DECLARED_VERSION = Integer.toString(TestedPostgres.MAJOR_VERSION);
    private static final String OTHER_VERSION = Integer.toString(TestedPostgres.MAJOR_VERSION - 1);

    private InstanceRows() {}

    public static Stream<Batch> batches() {
        return Stream.of(gone(), crashed(), halfway(), closed(), signals(), strangers(), unanswered());
    }

    private static Batch gone() {
        return Batch.of(
                "instances that are gone",
                Row.of(
                                "its directories are gone",
                                hands -> {
                                    hands.stop("n4");
                                    hands.run(
                                            "rm",
                                            "-rf",
                                            hands.file("n4", "").toString(),
                                            hands.walDirectory("n4").toString());
                                },
                                Told.of(
                                                "n4",
                                                INSTANCE_MISSING,
                                                "nodes.n4",
                                                "an instance in {n4}",
                                                "there is no such directory")
                                        .because("it stood there and is gone; is a file system not mounted on db2?"))
                        .startingAnew("n4"),
                Row.of("it was shut down", hands -> hands.stop("n3"), stopped("n3", SHUT_DOWN))
                        .startingAnew("n3"));
    }

    private static Batch crashed() {
        return Batch.of(
                "instances that crashed",
                Row.of(
                                "it crashed",
                                hands -> hands.stop("n3", "--mode=immediate"),
                                stopped(
                                        "n3",
                                        "it was not shut down: its control file says \"in archive recovery\"; did it crash, or its"
                                                + " host?"))
                        .startingAnew("n3"),
                Row.byHand(
                                "its postmaster.pid was removed",
                                hands -> {
                                    hands.run(
                                            "cp",
                                            hands.file("n4", "postmaster.pid").toString(),
                                            hands.file("n4", "pid").toString());
                                    Files.delete(hands.file("n4", "postmaster.pid"));
                                },
                                hands -> {
                                    String pid = Files.readAllLines(hands.file("n4", "pid"))
                                            .get(0);
                                    Files.delete(hands.file("n4", "pid"));
                                    hands.run("kill", "-INT", pid);
                                },
                                Told.of(
                                                "n4",
                                                NOT_ACCEPTING,
                                                "nodes.n4",
                                                RUNS,
                                                "its postmaster.pid is gone, and its server runs on, process {#}")
                                        .because("somebody removed the file")
                                        .byHand("end that process with SIGINT, and start n4 anew: apply does that"))
                        .startingAnew("n4"));
    }

    private static Batch halfway() {
        return Batch.of(
                "instances that start or stop",
                Row.byHand(
                        "it waits for its archive before it accepts connections",
                        hands -> {
                            hands.stop("n3");
                            hands.prepend(
                                    "n3",
                                    "postgresql.conf",
                                    "restore_command = 'while ! test -e " + hands.file("n3", "go")
                                            + "; do sleep 0.1; done; false'");
                            hands.start("n3", "--no-wait");
                            hands.await("n3 starts", () -> Files.exists(hands.file("n3", "postmaster.pid")));
                        },
                        hands -> {
                            hands.run("touch", hands.file("n3", "go").toString());
                            hands.await("n3 has started", () -> hands.cluster().isReady("n3"));
                            hands.edit(
                                    "n3", "postgresql.conf", text -> text.replaceAll("(?m)^restore_command.*\n", ""));
                            hands.restart("n3"); // in 13 a reload is not enough
                            Files.delete(hands.file("n3", "go"));
                        },
                        Told.of("n3", NOT_ACCEPTING, "nodes.n3", RUNS, "starts, and accepts no connections yet")
                                .byHand("its log says how far it has come; look again")),
                Row.byHand(
                        "it waits for a session to end before it stops",
                        hands -> {
                            hands.session("n4", "select pg_sleep(600)");
                            hands.stop("n4", "--mode=smart", "--no-wait");
                        },
                        hands -> {
                            hands.stop("n4", "--mode=fast");
                            hands.start("n4");
                        },
                        Told.of("n4", NOT_ACCEPTING, "nodes.n4", RUNS, "is stopping")
                                .byHand("wait until it has stopped, and look again")),
                Row.byHand(
                        "a library that every session loads is not there",
                        hands -> {
                            hands.prepend("n2", "postgresql.conf", "session_preload_libraries = 'nosuch'");
                            hands.cluster().pgCtl("reload", "n2");
                        },
                        hands -> {
                            hands.edit(
                                    "n2",
                                    "postgresql.conf",
                                    text -> text.replaceAll("(?m)^session_preload_libraries.*\n", ""));
                            hands.cluster().pgCtl("reload", "n2");
                        },
                        Told.of("n2", SESSIONS_END, "nodes.n2", RUNS, "runs, and ends every session before it begins")
                                .because("could not access file \"nosuch\": No such file or directory;"
                                        + " session_preload_libraries stands in {n2}/postgresql.conf:1{written}")
                                .byHand("correct session_preload_libraries or local_preload_libraries where it is set,"
                                        + " and reload; a superuser gets in with"
                                        + " PGOPTIONS=\"-c session_preload_libraries= -c local_preload_libraries=\"")),
                Row.byHand(
                        "the primary has a recovery.signal",
                        hands -> hands.run(
                                "touch", hands.file("n1", "recovery.signal").toString()),
                        hands -> Files.delete(hands.file("n1", "recovery.signal")),
                        Told.of(
                                        "n1",
                                        OTHER_ROLE,
                                        "primary",
                                        "primary",
                                        "a primary, whose next start is a recovery from an archive")
                                .because("there is a recovery.signal in its data directory")
                                .byHand("remove the file, unless a recovery is meant")));
    }

    private static Batch closed() {
        return Batch.of(
                "instances that take no connections for good",
                Row.of(
                                "a standby was started with hot_standby = off",
                                hands -> {
                                    hands.manage("n4", "hot_standby", "off");
                                    hands.restart("n4");
                                },
                                Told.of(
                                                "n4",
                                                NOT_ACCEPTING,
                                                "nodes.n4",
                                                RUNS,
                                                "runs as a standby that takes no connections")
                                        .because("it was started with hot_standby = off"),
                                Told.setting("n4", MANAGED_FILE, "hot_standby", "on", "off in pgherder.conf")
                                        .because("every node has it so: pgherder.conf was edited"))
                        .startingAnew("n4"));
    }

    private static Batch signals() {
        return Batch.of(
                "instances that would start as what they are not",
                Row.of(
                        "a standby runs without its standby.signal",
                        hands -> Files.delete(hands.file("n3", "standby.signal")),
                        Told.of(
                                        "n3",
                                        OTHER_ROLE,
                                        "primary",
                                        "standby",
                                        "a standby, whose next start makes it a primary")
                                .because(NO_SIGNAL)),
                Row.byHand(
                        "the primary has a standby.signal",
                        hands -> hands.run(
                                "touch", hands.file("n1", "standby.signal").toString()),
                        hands -> Files.delete(hands.file("n1", "standby.signal")),
                        Told.of(
                                        "n1",
                                        OTHER_ROLE,
                                        "primary",
                                        "primary",
                                        "a primary, whose next start makes it a standby")
                                .because("there is a standby.signal in its data directory")
                                .byHand("remove the file, if n1 is to stay the primary")),
                Row.byHand(
                                "a stopped standby has lost its standby.signal",
                                hands -> {
                                    hands.stop("n2");
                                    Files.delete(hands.file("n2", "standby.signal"));
                                },
                                hands -> hands.run(
                                        "touch",
                                        hands.file("n2", "standby.signal").toString()),
                                stopped("n2", SHUT_DOWN),
                                Told.of("n2", OTHER_ROLE, "primary", "standby", "a primary, as which it would start")
                                        .because(NO_SIGNAL)
                                        .byHand("was it a primary? do not start it before that is clear"),
                                Told.of(
                                                "n4",
                                                NOT_STREAMING,
                                                "nodes.n4.follows",
                                                "streams from n2",
                                                "does not stream: no WAL receiver runs")
                                        .because("n2 does not run"))
                        .startingAnew("n2"));
    }

    private static Batch strangers() {
        return Batch.of(
                "instances that are not the declared ones",
                Row.byHand(
                        "it runs in another directory",
                        hands -> {
                            hands.stop("n4");
                            Files.move(hands.file("n4", ""), hands.file("moved", ""));
                            hands.start("moved");
                        },
                        hands -> {
                            hands.stop("moved");
                            Files.move(hands.file("moved", ""), hands.file("n4", ""));
                            hands.start("n4");
                        },
                        Told.of(
                                        "n4",
                                        DATA_DIRECTORY_ELSEWHERE,
                                        "nodes.n4.data_dir",
                                        "an instance in {n4}",
                                        "there is none, and a server on its port runs in {data}/moved")
                                .byHand(
                                        "is that the node? then correct data_dir; else stop that server, or give the node another port")),
                Row.byHand(
                        "its data is of another major version",
                        hands -> {
                            hands.stop("n3");
                            hands.replace("n3", "PG_VERSION", DECLARED_VERSION, OTHER_VERSION);
                        },
                        hands -> {
                            hands.replace("n3", "PG_VERSION", OTHER_VERSION, DECLARED_VERSION);
                            hands.start("n3");
                        },
                        Told.of(
                                        "n3",
                                        OTHER_MAJOR_VERSION,
                                        "postgres.version",
                                        "PostgreSQL " + DECLARED_VERSION,
                                        "data of PostgreSQL " + OTHER_VERSION)
                                .byHand(
                                        "correct postgres.version, or move the data with pg_upgrade; pgherder does neither"),
                        Told.of("n3", INSTANCE_STOPPED, "nodes.n3", RUNS, "is stopped")),
                Row.byHand(
                        "an instance that the file does not know",
                        hands -> {
                            hands.cluster().edit(text -> text.replace(", shared: true", ""));
                            hands.run(hands.program("initdb"), "--no-sync", "--pgdata=" + hands.file("stray", ""));
                            hands.start("stray", "--options=-p 11999 -k /tmp -c listen_addresses=");
                        },
                        hands -> {
                            hands.cluster().edit(TestCluster::shareHosts);
                            hands.stop("stray");
                            hands.run("rm", "-rf", hands.file("stray", "").toString());
                        },
                        Told.of(
                                        "db1",
                                        UNDECLARED_INSTANCE,
                                        "hosts.db1",
                                        "no other instance than the declared ones",
                                        "one runs in {data}/stray, port 11999")
                                .byHand("declare it, in this or another file; or write  shared: true  for db1")));
    }

    private static Batch unanswered() {
        return Batch.of(
                "a member whose agent does not answer",
                Row.byHand(
                        "the primary does not see it either",
                        hands -> {
                            hands.stop("n2");
                            hands.cluster().agent("db2").stop();
                        },
                        hands -> {
                            hands.cluster().agent("db2").start();
                            hands.start("n2");
                        },
                        Told.of(
                                        "n2",
                                        MEMBER_NOT_CONFIRMING,
                                        "synchronous.of",
                                        "confirms commits of n1",
                                        "n1 has no connection of that name")
                                .byHand("start the agent on db2, and look again")));
    }

    static Told stopped(String node, String because) {
        return Told.of(node, INSTANCE_STOPPED, "nodes." + node, RUNS, "is stopped")
                .because(because);
    }
}
