package io.pgherder.controller.cli;

import com.google.gson.JsonParser;
import io.pgherder.controller.sample.Orders;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What a person, a script and a build server read of a cluster that is not, or may not be, as its file says. */
class DriftCommandTest {
    private final SimulatedFleet agents = new SimulatedFleet();
    private final Path directory;
    private final Prompt prompt;

    DriftCommandTest(@TempDir Path directory) {
        this.directory = directory;
        prompt = Prompt.in(directory, agents);
    }

    @Test
    void ofAClusterThatIsAsDeclaredItSaysSo() {
        assertThat(drift()).isZero();

        assertThat(out()).isEqualTo("""
                Cluster orders, system 7421903344718816021, PostgreSQL 15.18.  2 of 2 agents answered in 0.0s.

                  = pg1  primary         in sync
                  = pg2  standby of pg1  in sync

                No drift: orders is as orders.yaml says.
                """);
        assertThat(prompt.err()).isEmpty();
    }

    @Test
    void whatDiffersIsToldWithItsCauseAndTheStepsAreOnePlanAway() {
        whereAStandbyIsStopped();

        assertThat(drift()).isEqualTo(3);

        assertThat(out()).isEqualTo("""
                Cluster orders, system 7421903344718816021, PostgreSQL 15.18.  2 of 2 agents answered in 0.0s.

                  = pg1  primary         in sync
                  ~ pg2  standby of pg1  differs
                      nodes.pg2, line 13
                        declared  runs and accepts connections
                        observed  is stopped
                        because   it was shut down, and did not crash

                Drift: 1 difference of orders from orders.yaml; 1 node differs, 1 in sync.

                Nothing has been changed. To see the steps that would close it:
                  pgherder plan orders.yaml
                """);
    }

    @Test
    void whatNoPlanMayCloseNowIsNotPromised() {
        whereAStandbyIsStopped();
        agents.cluster("orders").node(Orders.PG2).standbySignal = false;

        assertThat(drift()).isEqualTo(3);

        assertThat(out()).endsWith("""
                Drift: 2 differences of orders from orders.yaml; 1 node differs, 1 in sync.

                Nothing has been changed. Apply would be refused: pg2 would come up as a second primary  [PLAN-006].
                To see what is in the way of closing 1 of them:
                  pgherder plan orders.yaml
                """);
    }

    @Test
    void anAgentThatDoesNotAnswerIsInTheWayOfALimitedPlanToo() {
        whereAStandbyIsStopped();
        agents.silence("db1");

        assertThat(prompt.run("drift", prompt.orders(), "--limit", "pg2", "-o", "json"))
                .isEqualTo(3);

        var document = JsonParser.parseString(out()).getAsJsonObject();
        assertThat(document.getAsJsonArray("refusals"))
                .singleElement()
                .satisfies(refusal ->
                        assertThat(refusal.getAsJsonObject().get("code")).hasToString("\"PREFLIGHT-001\""));
    }

    private void whereAStandbyIsStopped() {
        assertThat(drift()).isZero();
        agents.cluster("orders").node(Orders.PG2).stop();
        prompt.clear();
    }

    @Test
    void whoSetAnotherValueAndWhereIsTold() {
        prompt.write("orders.yaml", Prompt.ORDERS.replace("nodes:\n", "settings: { work_mem: 4MB }\nnodes:\n"));
        assertThat(drift()).isZero();
        agents.cluster("orders").node(Orders.PG1).alterSystem("work_mem", "1GB");
        prompt.clear();

        assertThat(drift()).isEqualTo(3);

        assertThat(out()).contains("""
                  ~ pg1  primary         differs
                      settings.work_mem, line 11
                        declared  4MB
                        observed  1GB
                        because   ALTER SYSTEM set it: it stands in /data/postgresql.auto.conf:1
                """, "To see the steps that would close it:");
    }

    @Test
    void whatNoPlanClosesIsAPersonsToDo() {
        assertThat(drift()).isZero();
        agents.cluster("orders").node(Orders.PG2).ground.walTarget = Optional.of("/elsewhere/pg_wal");
        prompt.clear();

        assertThat(drift()).isEqualTo(3);

        assertThat(out()).contains("""
                      wal_dir, line 13
                        declared  WAL in /data01/pg/pg2/pg_wal
                        observed  WAL in /elsewhere/pg_wal
                        to do     stop pg2, then  rm /data01/pg/pg2/pg_wal && mv -T /elsewhere/pg_wal /data01/pg/pg2/pg_wal  under its account, and apply, which starts it; or correct wal_dir
                """).doesNotContain("pgherder plan");
    }

    @Test
    void aNodeThatCannotBeSeenIsNeitherInSyncNorDifferent() {
        assertThat(drift()).isZero();
        prompt.clear();
        agents.silence("db1");

        assertThat(drift()).isEqualTo(1);

        assertThat(out()).isEqualTo("""
                Cluster orders, system 7421903344718816021, PostgreSQL 15.18.  1 of 2 agents answered in 0.0s.

                  ? pg1  primary         not seen
                      agent of db1 refused the connection  [CONNECT-001]
                  = pg2  standby of pg1  in sync

                No drift found, but 1 node of orders could not be compared with orders.yaml.
                """);
    }

    @Test
    void aStandbyAloneIsNotInSyncWhileWhatIsAboveItCannotBeSeen() {
        assertThat(drift()).isZero();
        prompt.clear();
        agents.silence("db1");

        assertThat(prompt.run("drift", prompt.orders(), "--limit", "pg2")).isEqualTo(1);

        assertThat(out()).endsWith("""
                  ? pg1  primary         not seen
                      agent of db1 refused the connection  [CONNECT-001]
                  = pg2  standby of pg1  in sync

                No drift found, but 1 node of orders could not be compared with orders.yaml.
                """);
    }

    @Test
    void asJsonADifferenceHasItsKindAndItsPlace() {
        whereAStandbyIsStopped();

        assertThat(prompt.run("drift", prompt.orders(), "-o", "json")).isEqualTo(3);

        var document = JsonParser.parseString(out()).getAsJsonObject();
        assertThat(document.get("in_sync").getAsBoolean()).isFalse();
        assertThat(document.get("nodes")).hasToString("""
                [{"node":"pg1","outcome":"in_sync"},{"node":"pg2","outcome":"differs"}]""");
        assertThat(document.get("differences")).hasToString("""
                [{"node":"pg2","host":"db2","kind":"instance_stopped","path":"nodes.pg2",\
                "declared":"runs and accepts connections","observed":"is stopped",\
                "cause":"it was shut down, and did not crash","by_hand":null,"file":"orders.yaml","line":13}]""");
    }

    @Test
    void forABuildServerANodeIsATestCase() {
        whereAStandbyIsStopped();
        agents.silence("db1");

        assertThat(prompt.run("drift", prompt.orders(), "-o", "junit")).isEqualTo(3);

        assertThat(out()).isEqualTo("""
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites name="pgherder drift">
                <testsuite name="orders" tests="2" failures="1" errors="1">
                <testcase classname="orders" name="pg1">
                <error message="could not be compared" type="drift">agent of db1 refused the connection  [CONNECT-001]</error>
                </testcase>
                <testcase classname="orders" name="pg2">
                <failure message="1 difference" type="drift">nodes.pg2, line 13
                  declared  runs and accepts connections
                  observed  is stopped
                  because   it was shut down, and did not crash</failure>
                </testcase>
                </testsuite>
                </testsuites>
                """);
    }

    @Test
    void aLimitTellsOfItsNodesOnly() {
        whereAStandbyIsStopped();

        assertThat(prompt.run("drift", prompt.orders(), "--limit", "pg1")).isZero();

        assertThat(out()).contains("= pg1").doesNotContain("pg2  standby");
    }

    @Test
    void quietlyItSaysWhatItComesTo() {
        whereAStandbyIsStopped();

        assertThat(prompt.run("drift", prompt.orders(), "-q")).isEqualTo(3);

        assertThat(out()).isEqualTo("Drift: 1 difference of orders from orders.yaml; 1 node differs, 1 in sync.\n");
    }

    @Test
    void ofAFleetABrokenFileAndADeadHostDoNotHideTheOthers() {
        prompt.write("parts.yaml", another("parts", "29"));
        prompt.write(
                "stock.yaml",
                another("stock", "39")
                        .replace("db2: { address: 10.0.1.12 }", "db3: { address: 10.0.1.13 }")
                        .replace("host: db2", "host: db3"));
        prompt.write("broken.yaml", another("broken", "49").replace("primary: pg1", "primary: pg7"));
        assertThat(prompt.run("drift", directory.toString())).isEqualTo(2);
        agents.cluster("orders").node(Orders.PG2).stop();
        agents.silence("db3");
        prompt.clear();

        assertThat(prompt.run("drift", directory.toString())).isEqualTo(2);

        assertThat(out()).endsWith("""
                CLUSTER  NODES  IN SYNC  DIFFER  NOT SEEN  DIFFERENCES  FILE
                ?            ?        ?       ?         ?            ?  broken.yaml: 1 problem in it
                orders       2        1       1         0            1  orders.yaml
                parts        2        2       0         0            0  parts.yaml
                stock        2        1       0         1            0  stock.yaml
                """);
        assertThat(out()).contains("  ~ pg2  standby of pg1  differs\n").doesNotContain("Cluster parts");
        assertThat(prompt.err())
                .contains("primary is an unknown node \"pg7\"")
                .endsWith("4 clusters: 1 in sync, 1 not seen, 1 invalid, 1 different.\n");
    }

    private static String another(String cluster, String ports) {
        return Prompt.ORDERS
                .replace("cluster: orders", "cluster: " + cluster)
                .replace("port: 19", "port: " + ports)
                .replace("/pg/", "/" + cluster + "/");
    }

    private int drift() {
        return prompt.run("drift", prompt.orders());
    }

    /** Without the directory that the files are in. */
    private String out() {
        return prompt.out().replace(directory + "/", "");
    }
}
