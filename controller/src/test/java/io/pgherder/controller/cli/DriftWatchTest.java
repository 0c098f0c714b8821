package io.pgherder.controller.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code drift --watch}, from the first run to Ctrl-C: what it says. */
@Timeout(60)
class DriftWatchTest {
    private static final String FIRST = """
            Cluster orders, system 7421903344718816021, PostgreSQL 15.18.  2 of 2 agents answered in 0.0s.

              = pg1  primary         in sync
              = pg2  standby of pg1  in sync

            No drift: orders is as orders.yaml says.
            """;

    private final Path directory;
    private final WatchedOrders orders;

    DriftWatchTest(@TempDir Path directory) {
        this.directory = directory;
        orders = new WatchedOrders(directory);
    }

    @Test
    void afterTheFirstRunOnlyChangesAreTold() {
        orders.agents.atTheNextLooksAt(
                "orders",
                WatchedOrders::nothingHappens,
                WatchedOrders::nothingHappens,
                orders::stopPg2,
                WatchedOrders::nothingHappens,
                () -> orders.agents.silence("db1"),
                () -> {
                    orders.agents.hear("db1");
                    orders.startPg2();
                },
                WatchedOrders::nothingHappens,
                orders.prompt::pressCtrlC);

        assertThat(orders.watch()).isZero();

        assertThat(out()).isEqualTo(FIRST + """
                2026-11-23T01:00:00Z  orders  pg2  + appeared  nodes.pg2, line 13: declared runs and accepts connections; observed is stopped; because it was shut down, and did not crash
                2026-11-23T01:00:00Z  orders  pg1  ? not seen  agent of db1 refused the connection  [CONNECT-001]
                2026-11-23T01:00:00Z  orders  pg1  = seen again
                2026-11-23T01:00:00Z  orders  pg2  - vanished  nodes.pg2, line 13: declared runs and accepts connections; last observed is stopped
                2026-11-23T01:00:00Z  orders  orders.yaml  = in sync
                """);
        assertThat(orders.prompt.err()).isEmpty();
    }

    @Test
    void itEndsWithWhatTheLastWholeRunCameTo() {
        orders.agents.atTheNextLooksAt("orders", WatchedOrders::nothingHappens, orders::stopPg2, () -> {
            orders.startPg2();
            orders.prompt.pressCtrlC();
        });

        assertThat(orders.watch())
                .as("the run that was given up saw no difference any more")
                .isEqualTo(3);

        assertThat(out()).contains("+ appeared").doesNotContain("- vanished");
    }

    @Test
    void everyRunReadsTheFilesAnew() {
        String fleet = directory.toString();
        assertThat(orders.prompt.run("drift", fleet)).isZero();
        orders.prompt.clear();
        String parts = Prompt.ORDERS
                .replace("cluster: orders", "cluster: parts")
                .replace("port: 19", "port: 29")
                .replace("/pg/", "/parts/");
        orders.agents.atTheNextLooksAt(
                "orders",
                () -> orders.prompt.write("parts.yaml", parts),
                () -> orders.prompt.write("parts.yaml", parts.replace("primary: pg1", "primary: pg7")),
                WatchedOrders::nothingHappens,
                () -> orders.prompt.write("parts.yaml", parts),
                () -> delete("parts.yaml"),
                WatchedOrders::nothingHappens,
                orders.prompt::pressCtrlC);

        assertThat(orders.run(fleet)).isZero();

        assertThat(out()).isEqualTo("""
                CLUSTER  NODES  IN SYNC  DIFFER  NOT SEEN  DIFFERENCES  FILE
                orders       2        2       0         0            0  orders.yaml
                2026-11-23T01:00:00Z  parts  parts.yaml  + added
                2026-11-23T01:00:00Z  parts  parts.yaml  = in sync
                2026-11-23T01:00:00Z  parts  parts.yaml  ! invalid  the primary is an unknown node "pg7", parts.yaml:2:10  [TOPOLOGY-015]
                2026-11-23T01:00:00Z  parts  parts.yaml  = valid
                2026-11-23T01:00:00Z  parts  parts.yaml  = in sync
                2026-11-23T01:00:00Z  parts  parts.yaml  - removed
                """);
    }

    @Test
    void aDirectoryThatIsEmptyForAWhileDoesNotEndIt() {
        orders.agents.atTheNextLooksAt("orders", WatchedOrders::nothingHappens, () -> delete("orders.yaml"));
        Thread operator = new Thread(() -> {
            awaitSaid("! no run");
            orders.agents.atTheNextLooksAt("orders", WatchedOrders::nothingHappens, orders.prompt::pressCtrlC);
            move(orders.prompt.write("orders.draft", Prompt.ORDERS), "orders.yaml");
        });
        operator.start();

        assertThat(orders.run(directory.toString())).isZero();

        assertThat(out()).endsWith("""
                2026-11-23T01:00:00Z  -  -  ! no run  there is no topology file in DIRECTORY  [TOPOLOGY-031]
                2026-11-23T01:00:00Z  -  -  = run again
                """);
    }

    @Test
    void asJsonEveryRunThatChangesSomethingEndsWithItsNumbers() {
        orders.agents.atTheNextLooksAt(
                "orders",
                WatchedOrders::nothingHappens,
                WatchedOrders::nothingHappens,
                orders::stopPg2,
                orders.prompt::pressCtrlC);

        assertThat(orders.watch("-o", "json")).isEqualTo(3);

        assertThat(out()).isEqualTo("""
                {"at":"2026-11-23T01:00:00Z","event":"file_added","cluster":"orders","topology":"orders.yaml"}
                {"at":"2026-11-23T01:00:00Z","event":"in_sync","cluster":"orders","topology":"orders.yaml"}
                {"at":"2026-11-23T01:00:00Z","event":"run_finished","elapsed_ms":0,"clusters":1,"in_sync":1,"differ":0,"not_seen":0,"failed":0,"invalid":0,"differences":0}
                {"at":"2026-11-23T01:00:00Z","event":"difference_appeared","cluster":"orders","topology":"orders.yaml","node":"pg2","host":"db2","kind":"instance_stopped","path":"nodes.pg2","declared":"runs and accepts connections","observed":"is stopped","cause":"it was shut down, and did not crash","by_hand":null,"file":"orders.yaml","line":13}
                {"at":"2026-11-23T01:00:00Z","event":"run_finished","elapsed_ms":0,"clusters":1,"in_sync":0,"differ":1,"not_seen":0,"failed":0,"invalid":0,"differences":1}
                """);
    }

    @Test
    void aWatchThatNobodyReadsEnds() {
        orders.prompt.fillTheDisk();

        assertThat(orders.watch()).isZero();
    }

    @Test
    void itCannotBePressedIntoAJunitDocumentNorBeQuickerThanASecond() {
        assertThat(orders.prompt.run("drift", orders.prompt.orders(), "--watch", "60s", "-o", "junit"))
                .isEqualTo(2);
        assertThat(orders.prompt.err()).isEqualTo("""
                Error: --watch has no end to close a JUnit document with: use -o text or -o json  [CLI-001]

                  Hint: "pgherder drift --help" shows what there is
                """);
        orders.prompt.clear();
        assertThat(orders.prompt.run("drift", orders.prompt.orders(), "--watch", "999ms"))
                .isEqualTo(2);
        assertThat(orders.prompt.err()).startsWith("Error: --watch takes 1s or more  [CLI-001]\n");
        orders.prompt.clear();
        assertThat(orders.prompt.run("drift", orders.prompt.orders(), "--metrics", ":9187"))
                .isEqualTo(2);
        assertThat(orders.prompt.err())
                .startsWith("Error: --metrics needs --watch: who runs once serves nobody  [CLI-001]\n");
        assertThat(orders.prompt.out()).isEmpty();
    }

    /** Nobody is asked meanwhile, who could do something at that moment. */
    private void awaitSaid(String words) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!orders.prompt.out().contains(words)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("never said: " + words);
            }
            Thread.onSpinWait();
        }
    }

    private void delete(String... names) {
        for (String name : names) {
            try {
                Files.delete(directory.resolve(name));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    private void move(String from, String to) {
        try {
            Files.move(Path.of(from), directory.resolve(to), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Without the directory that the files are in. */
    private String out() {
        return orders.prompt.out().replace(directory + "/", "").replace(directory.toString(), "DIRECTORY");
    }
}
