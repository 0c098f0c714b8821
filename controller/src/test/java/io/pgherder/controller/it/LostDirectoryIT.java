package io.pgherder.controller.it;

import io.pgherder.controller.testing.Eventually;
import io.pgherder.controller.testing.PgherderCommand.Result;
import io.pgherder.controller.testing.Shell;
import io.pgherder.controller.testing.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static io.pgherder.controller.testing.WholeCluster.assertApplied;
import static org.assertj.core.api.Assertions.assertThat;

/** Directories that are gone, in the way, or another's: said before the first change. */
class LostDirectoryIT {
    private static final int PLANNED = 0;
    private static final int REFUSED = 4;
    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void aStagingDirectoryThatTheAgentDidNotMake() {
        try (TestCluster cluster = TestCluster.pair()) {
            Path staging = cluster.dataDirectory("n2").resolveSibling("n2.pgherder-staging");
            Shell.run("mkdir", staging.toString());

            Result applied = cluster.pgherder("apply", "--yes").run();

            assertThat(applied.exitCode()).as(applied.toString()).isEqualTo(REFUSED);
            assertThat(applied.stderr())
                    .contains("the data directory of n2 cannot be made on db2  [PREFLIGHT-005]")
                    .contains(staging + " is in the way, which this agent has no record of having made")
                    .contains("Then remove it");
            assertThat(cluster.home().content()).containsExactly("n2.pgherder-staging");
        }
    }

    @Test
    void directoriesThatWereDeleted() {
        try (TestCluster cluster = TestCluster.pair()) {
            assertApplied(cluster);
            String standby = Long.toString(cluster.postmasterPid("n2"));
            // It would find out within a minute.
            Shell.run("kill", "-STOP", standby);
            remove(cluster, "n2");

            Result running = cluster.pgherder("plan").run();

            assertThat(running.exitCode()).as(running.toString()).isEqualTo(REFUSED);
            assertThat(running.stderr())
                    .contains("its own server still runs, process " + standby + ", although "
                            + cluster.dataDirectory("n2") + " is gone");

            Shell.run("kill", "-KILL", standby);
            Result stopped = cluster.pgherder("plan").run();

            assertThat(stopped.exitCode()).as(stopped.toString()).isEqualTo(PLANNED);
            assertThat(stopped.toString())
                    .contains("n2: an instance stood in " + cluster.dataDirectory("n2")
                            + " and is gone; is a file system not mounted on db2?");

            cluster.pgCtl("stop", "n1", "--mode=immediate");
            remove(cluster, "n1");
            Result everything = cluster.pgherder("plan").run();

            assertThat(everything.exitCode()).as(everything.toString()).isEqualTo(REFUSED);
            assertThat(everything.stderr())
                    .contains("an instance stood in " + cluster.dataDirectory("n1") + " of n1 and is gone"
                            + "  [PREFLIGHT-014]")
                    .contains("mark.properties");
        }
    }

    @Test
    void aLinkIntoTheDirectoryOfAnotherNode() {
        try (TestCluster cluster = TestCluster.pair()) {
            assertApplied(cluster);
            Shell.run("ln", "-s", "n2", cluster.dataDirectory("n3").toString());
            cluster.edit(text -> text.replace("settings:\n", "  n3: { host: db2, port: 1999 }\nsettings:\n"));

            Result planned = cluster.pgherder("plan").run();

            assertThat(planned.exitCode()).as(planned.toString()).isEqualTo(REFUSED);
            assertThat(planned.stderr())
                    .contains(cluster.dataDirectory("n3") + " of n3 is a directory of n2  [PREFLIGHT-015]")
                    .contains(cluster.dataDirectory("n3") + " leads to " + cluster.dataDirectory("n2"))
                    .doesNotContain("back into the file");
        }
    }

    @Test
    void anOlderCopyOfThePrimaryWhoseStandbyHasMore() {
        try (TestCluster cluster = TestCluster.pair()) {
            assertApplied(cluster);
            cluster.pgCtl("stop", "n1", "--mode=immediate");
            copyAside(cluster, "crashed");
            assertApplied(cluster);
            cluster.sql("n1", "create table acknowledged as select generate_series(1, 20000)");
            cluster.sql("n1", "select pg_switch_wal()");
            cluster.sql("n1", "create table later()");
            cluster.pgCtl("stop", "n1");
            copyAside(cluster, "shut-down");

            putInPlace(cluster, "crashed");
            Result crashed = cluster.pgherder("apply", "--yes").run();
            assertThat(crashed.toString())
                    .contains("refusing to start n1 as the primary: a standby has WAL that it lacks  [START-006]");
            assertThat(cluster.postmasters("n1")).isZero();

            putInPlace(cluster, "shut-down");
            assertApplied(cluster);
            cluster.sql("n1", "create table still_later as select generate_series(1, 20000)");
            cluster.pgCtl("stop", "n1");
            putInPlace(cluster, "shut-down");
            Result shutDown = cluster.pgherder("apply", "--yes").run();
            assertThat(shutDown.exitCode()).as(shutDown.toString()).isEqualTo(REFUSED);
            assertThat(shutDown.stderr()).contains("n1 lacks WAL that n2 has  [PLAN-015]", "n1 was shut down at ");

            cluster.pgCtl("start", "n1", "--log=/dev/null");
            Eventually.await(
                    "n2 streams from it", SOON, () -> !cluster.followers("n1").isEmpty());
            assertThat(cluster.pgherder("status").run().stdout()).contains("n2 has WAL that n1 lacks");
            assertThat(cluster.pgherder("plan").run().stderr()).contains("PLAN-015", "n1 runs, and has written to ");
        }
    }

    private static void copyAside(TestCluster cluster, String name) {
        Shell.run("cp", "-a", data(cluster), data(cluster) + "." + name);
        Shell.run("cp", "-a", wal(cluster), wal(cluster) + "." + name);
    }

    private static void putInPlace(TestCluster cluster, String name) {
        remove(cluster, "n1");
        Shell.run("cp", "-a", data(cluster) + "." + name, data(cluster));
        Shell.run("cp", "-a", wal(cluster) + "." + name, wal(cluster));
    }

    private static String data(TestCluster cluster) {
        return cluster.dataDirectory("n1").toString();
    }

    private static String wal(TestCluster cluster) {
        return cluster.home().walRoot().resolve("n1").toString();
    }

    private static void remove(TestCluster cluster, String node) {
        Shell.run(
                "rm",
                "-rf",
                cluster.dataDirectory(node).toString(),
                cluster.home().walRoot().resolve(node).toString());
    }
}
