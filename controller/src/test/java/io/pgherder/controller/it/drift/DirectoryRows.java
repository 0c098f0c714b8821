package io.pgherder.controller.it.drift;

import java.nio.file.Path;
import java.util.stream.Stream;

import static io.pgherder.controller.drift.DriftKind.DIRECTORY_ACCESS;
import static io.pgherder.controller.drift.DriftKind.WAL_DIRECTORY_ELSEWHERE;

/** Directories that are elsewhere, or open to others. */
public final class DirectoryRows {
    private DirectoryRows() {}

    public static Stream<Batch> batches() {
        return Stream.of(inUse(), ofAStoppedServer());
    }

    private static Batch ofAStoppedServer() {
        return Batch.of(
                "directories of a server that is stopped",
                Row.of(
                                "its data directory is open to others",
                                hands -> {
                                    hands.stop("n4");
                                    hands.run(
                                            "chmod",
                                            "0755",
                                            hands.file("n4", "").toString());
                                },
                                InstanceRows.stopped("n4", InstanceRows.SHUT_DOWN),
                                open("n4", "data_dir", "{n4}"))
                        .startingAnew("n4"));
    }

    private static Batch inUse() {
        return Batch.of(
                "directories",
                Row.of(
                        "the data directory is open to others",
                        hands -> hands.run("chmod", "0755", hands.file("n2", "").toString()),
                        open("n2", "data_dir", "{n2}")),
                Row.of(
                        "the WAL directory is open to others",
                        hands -> hands.run(
                                "chmod", "0755", hands.walDirectory("n1").toString()),
                        open("n1", "wal_dir", "{n1 wal}")),
                Row.byHand(
                        "pg_wal is no link",
                        hands -> {
                            hands.stop("n3");
                            hands.run("rm", hands.file("n3", "pg_wal").toString());
                            hands.run(
                                    "mv",
                                    hands.walDirectory("n3").toString(),
                                    hands.file("n3", "pg_wal").toString());
                            hands.start("n3");
                        },
                        hands -> {
                            hands.stop("n3");
                            hands.run(
                                    "mv",
                                    "-T",
                                    hands.file("n3", "pg_wal").toString(),
                                    hands.walDirectory("n3").toString());
                            hands.run(
                                    "ln",
                                    "-sfn",
                                    hands.walDirectory("n3").toString(),
                                    hands.file("n3", "pg_wal").toString());
                            hands.start("n3");
                        },
                        elsewhere("n3", "{n3}/pg_wal", "WAL in the data directory itself: pg_wal is no link")),
                Row.byHand(
                        "pg_wal is a link to elsewhere",
                        hands -> link(hands, hands.walDirectory("n4"), hands.walDirectory("moved")),
                        hands -> link(hands, hands.walDirectory("moved"), hands.walDirectory("n4")),
                        elsewhere("n4", "{moved wal}", "WAL in {moved wal}")));
    }

    private static void link(Hands hands, Path from, Path to) {
        hands.stop("n4");
        hands.run("mv", from.toString(), to.toString());
        hands.run("ln", "-sfn", to.toString(), hands.file("n4", "pg_wal").toString());
        hands.start("n4");
    }

    private static Told open(String node, String key, String place) {
        return Told.of(
                node, DIRECTORY_ACCESS, "nodes." + node + "." + key, place + " with mode 0700 or 0750", "mode 0755");
    }

    private static Told elsewhere(String node, String real, String observed) {
        return Told.of(
                        node,
                        WAL_DIRECTORY_ELSEWHERE,
                        "nodes." + node + ".wal_dir",
                        "WAL in {" + node + " wal}",
                        observed)
                .byHand(
                        ("stop %s, then  mv -T %s {%s wal} && ln -sfn {%s wal} {%s}/pg_wal  under its account, and apply,"
                                        + " which starts it; or correct wal_dir")
                                .formatted(node, real, node, node, node));
    }
}
