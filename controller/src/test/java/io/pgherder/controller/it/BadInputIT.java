package io.pgherder.controller.it;

import io.pgherder.controller.testing.Eventually;
import io.pgherder.controller.testing.OldAgent;
import io.pgherder.controller.testing.PgherderCommand;
import io.pgherder.controller.testing.PgherderCommand.Result;
import io.pgherder.controller.testing.Shell;
import io.pgherder.controller.testing.TestCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

import static io.pgherder.controller.testing.WholeCluster.assertApplied;
import static io.pgherder.controller.testing.WholeCluster.assertWhole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** What hosts, networks and people do wrong: one clear message, the right exit code, and a cluster that is whole. */
class BadInputIT {
    private static final int REFUSED = 4;
    private static final int INCOMPLETE = 5;

    @Test
    void anAgentThatIsNotThere() {
        try (TestCluster cluster = TestCluster.pair()) {
            cluster.agent("db2").kill();

            Result applied = cluster.pgherder("apply", "--yes").run();

            assertThat(applied.exitCode()).as(applied.toString()).isEqualTo(REFUSED);
            assertThat(applied.stderr())
                    .contains("agent " + cluster.agent("db2").endpoint() + " on db2 refused the connection")
                    .contains("not seen: n2")
                    .contains("Hint: start the agent on db2");
            assertNothingWasMade(cluster);
        }
    }

    @Test
    void anAgentThatDoesNotAnswerInTime() {
        try (TestCluster cluster = TestCluster.pair()) {
            cluster.agent("db2").pause();

            Result applied =
                    cluster.pgherder("apply", "--yes", "--timeout", "2s").run();

            assertThat(applied.exitCode()).as(applied.toString()).isEqualTo(REFUSED);
            assertThat(applied.stderr()).contains("db2").contains("within 2s");
            assertNothingWasMade(cluster);
        }
    }

    @Test
    void aControllerWhoseCertificateTheAgentsDoNotTrust() {
        try (TestCluster cluster = TestCluster.pair()) {
            cluster.distrustController();

            Result applied = cluster.pgherder("apply", "--yes").run();

            assertThat(applied.exitCode()).as(applied.toString()).isEqualTo(REFUSED);
            assertThat(applied.stderr()).contains("certificate");
            assertNothingWasMade(cluster);
        }
    }

    @Test
    void anAgentWhoseCertificateTheControllerDoesNotTrust() {
        try (TestCluster cluster = TestCluster.pair()) {
            cluster.distrustAgent("db2");

            Result applied = cluster.pgherder("apply", "--yes").run();

            assertThat(applied.exitCode()).as(applied.toString()).isEqualTo(REFUSED);
            assertThat(applied.stderr())
                    .containsOnlyOnce("Error: ")
                    .contains("agent " + cluster.agent("db2").endpoint()
                            + " on db2 shows a certificate that is not trusted")
                    .contains("Hint: is it from another authority than ca.crt in the TLS directory");
            assertNothingWasMade(cluster);
        }
    }

    @Test
    void anAgentOfAnOlderVersion() {
        try (TestCluster cluster = TestCluster.pair();
                OldAgent old = OldAgent.inThePlaceOf(cluster.agent("db2"))) {
            Result applied = cluster.pgherder("apply", "--yes").run();

            assertThat(old).isNotNull();
            assertThat(applied.exitCode()).as(applied.toString()).isEqualTo(REFUSED);
            assertThat(applied.stderr())
                    .contains("the agent of db2 is too old")
                    .contains("agent version 0.0.9, protocol 0")
                    .contains("Hint: install the agent of this pgherder on db2");
            assertNothingWasMade(cluster);
        }
    }

    @Test
    void aDirectoryThatHoldsSomebodysFiles() throws IOException {
        try (TestCluster cluster = TestCluster.pair()) {
            Path theirs = Files.createDirectory(cluster.dataDirectory("n2")).resolve("thesis.tex");
            Files.writeString(theirs, "chapter one");

            Result applied = cluster.pgherder("apply", "--yes").run();

            assertThat(applied.exitCode()).as(applied.toString()).isEqualTo(REFUSED);
            assertThat(applied.stderr()).contains(cluster.dataDirectory("n2").toString());
            assertThat(theirs).hasContent("chapter one");
            assertThat(cluster.home().content()).as("nothing but theirs").containsExactly("n2");
        }
    }

    @Test
    void aPortThatAnotherProgramHas() throws IOException {
        try (TestCluster cluster = TestCluster.pair();
                ServerSocket other =
                        new ServerSocket(cluster.node("n2").port(), 1, InetAddress.getByName("127.0.0.2"))) {
            Result applied = cluster.pgherder("apply", "--yes").run();

            assertThat(applied.exitCode()).as(applied.toString()).isEqualTo(REFUSED);
            assertThat(applied.stderr()).contains("port " + other.getLocalPort());
            assertNothingWasMade(cluster);
        }
    }

    @Test
    void aDiskThatFillsDuringTheClone() {
        assumeThat(Shell.isRoot()).as("only root can mount a small file system").isTrue();
        try (TestCluster cluster = TestCluster.pair()) {
            Path small = cluster.dataDirectory("small");
            Shell.run("mkdir", small.toString());
            Shell.runAsTests("mount", "-t", "tmpfs", "-o", "size=200m,mode=0777", "none", small.toString());
            try {
                cluster.edit(text -> text.replace(
                        "n2: { host: db2,",
                        "n2: { host: db2, clone: { max_rate: 4M }, data_dir: " + small + "/n2, wal_dir: " + small
                                + "/n2_wal,"));
                PgherderCommand apply = cluster.pgherder("apply", "--yes");
                Process running = apply.start();
                Eventually.await(
                        "the clone of n2 has begun",
                        Duration.ofSeconds(60),
                        () -> Files.exists(small.resolve("n2.pgherder-staging/base")));
                Shell.run("sh", "-c", "dd if=/dev/zero of=" + small + "/others bs=1M status=none || true");

                Result applied = apply.finish(running);

                assertThat(applied.exitCode()).as(applied.toString()).isEqualTo(INCOMPLETE);
                assertThat(applied.stderr())
                        .containsOnlyOnce("Error: could not clone n2 from n1: no space left")
                        .containsPattern(
                                "Last lines of its output:\n(    .*\n)*    pg_basebackup: error: .*No space left on device");
                assertThat(Shell.run("ls", "-A", small.toString()))
                        .as("no half-made clone")
                        .isEqualTo("others");
                assertThat(cluster.sql("n1", "select 1")).isEqualTo("1");
            } finally {
                Shell.runAsTests("umount", "--lazy", small.toString());
            }
        }
    }

    /** The declared one is set on the primary before anybody needs it: a source that has not replayed that is the one that refuses it. */
    @Test
    void aReplicationPasswordThatTheServerRefuses() throws IOException {
        try (TestCluster cluster = TestCluster.t5()) {
            assertApplied(cluster);
            remove(cluster, "n5");
            cluster.edit(text -> text.replace("follows: n2", "follows: n2, clone: { from: n2 }"));
            cluster.sql("n2", "select pg_wal_replay_pause()");
            cluster.writePassword("a new one");

            Result applied = cluster.pgherder("apply", "--yes").run();

            assertThat(applied.exitCode()).as(applied.toString()).isEqualTo(INCOMPLETE);
            assertThat(applied.stderr())
                    .containsOnlyOnce("Error: ")
                    .containsPattern("Error: could not clone n5: n2 at \\S+ refuses the password of \"rep\"")
                    .contains("Hint: is replication.password the password that the role has?")
                    .contains("Last lines of its output:\n    pg_basebackup: error: ")
                    .contains("password authentication failed for user \"rep\"");
            assertThat(cluster.home().content()).as("no half-made clone").noneMatch(name -> name.startsWith("n5"));
            cluster.sql("n2", "select pg_wal_replay_resume()");
            assertApplied(cluster);
            assertWhole(cluster);
        }
    }

    @Test
    void aPrimaryThatRefusesTheReplicationConnection() {
        try (TestCluster cluster = TestCluster.pair()) {
            cluster.edit(text -> text.replace("host replication rep 127.0.0.0/8", "host replication rep 10.9.9.0/24"));

            Result applied = cluster.pgherder("apply", "--yes").run();

            assertThat(applied.exitCode()).as(applied.toString()).isEqualTo(INCOMPLETE);
            assertThat(applied.stderr())
                    .containsOnlyOnce("Error: ")
                    .contains("Last lines of its output:\n    pg_basebackup: error: ")
                    .contains("no pg_hba.conf entry for replication connection");
            assertThat(cluster.home().content()).as("no half-made clone").containsExactly("n1", "n1");
            assertThat(cluster.sql("n1", "select 1")).isEqualTo("1");
        }
    }

    private static void remove(TestCluster cluster, String node) {
        cluster.pgCtl("stop", node, "--mode=immediate");
        Shell.run(
                "rm",
                "-rf",
                cluster.dataDirectory(node).toString(),
                cluster.home().walRoot().resolve(node).toString());
    }

    private static void assertNothingWasMade(TestCluster cluster) {
        assertThat(cluster.home().content()).isEqualTo(List.of());
    }
}
