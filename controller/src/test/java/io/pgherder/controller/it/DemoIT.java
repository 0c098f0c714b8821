package io.pgherder.controller.it;

import io.pgherder.controller.testing.Eventually;
import io.pgherder.controller.testing.Shell;
import io.pgherder.controller.testing.Shell.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** The first thing that a person tries. It has one place and five ports of its own, so a demo that is up already is left alone. */
class DemoIT {
    private static final Path HOME = Path.of("/var/tmp/pgherder-demo");
    private static boolean ours;

    @BeforeAll
    static void leaveSomebodysDemoAlone() {
        assumeThat(HOME).as("a demo is up on this machine: pgherder demo down").doesNotExist();
        ours = true;
    }

    @AfterEach
    void takeDown() {
        if (ours) {
            Shell.pgherder("demo", "down");
        }
    }

    @Test
    void upAgainDownAndGone() {
        Result up = Shell.pgherder("demo");
        assertThat(up.exitCode()).as(up.toString()).isZero();
        assertThat(up.toString())
                .contains("Applied 18 of 18 steps to t5")
                .contains("│  └─ pg1925  standby  streaming")
                .contains("What next:");

        Result again = Shell.pgherder("demo", "up");
        assertThat(again.exitCode()).as(again.toString()).isZero();
        assertThat(again.toString())
                .contains("agents: db1 127.0.0.1:7432, db2 127.0.0.2:7432, db3 127.0.0.3:7432 run already")
                .contains("Nothing to do");

        Result status = Shell.pgherder("demo", "status");
        assertThat(status.exitCode()).as(status.toString()).isZero();
        assertThat(status.stdout()).containsPattern("agent db3  127\\.0\\.0\\.3:7432  running, pid \\d+");

        killTheAgentOfDb3(status);
        Result withoutIt = Shell.pgherder("demo", "status");
        assertThat(withoutIt.stdout()).contains("agent db3  127.0.0.3:7432  not running");
        assertThat(withoutIt.stderr())
                .containsPattern(
                        "\nTo go on, agents and all: .*pgherder demo\\. To take it down: .*pgherder demo down\n$");

        Result down = Shell.pgherder("demo", "down");
        assertThat(down.exitCode()).as(down.toString()).isZero();
        assertThat(down.stderr()).containsPattern("""
                        stopped 2 agents
                        stopped 5 instances: pg_root1921, pg_root1922, pg_root1923, pg_root1924, pg_root1925
                        removed /var/tmp/pgherder-demo \\(\\S+\\)
                        """);
        assertThat(Files.exists(HOME)).isFalse();

        assertThat(Shell.pgherder("demo", "down").stderr())
                .isEqualTo("there is no demo on this machine: nothing to do\n");
    }

    @Test
    void aStandbyThatWasMadeAnewLeavesTheOldOneWithItsWal() {
        assertThat(Shell.pgherder("demo").exitCode()).isZero();
        Path data = HOME.resolve("data01/pg/pg_root1925");
        Path wal = HOME.resolve("data02/pg/pg_wal_1925");
        Shell.run("sh", "-c", "kill -INT $(head -1 \"$0\"/postmaster.pid)", data.toString());
        Eventually.await(
                "pg1925 has ended",
                Duration.ofSeconds(30),
                () -> Files.notExists(data.resolve("postmaster.pid"), LinkOption.NOFOLLOW_LINKS));
        Shell.run("mv", data.toString(), data + ".old");
        Shell.run("mv", wal.toString(), wal + ".old");
        Result again = Shell.pgherder("demo");
        assertThat(again.stdout()).as(again.toString()).contains("pg1925  standby of pg1922  create");

        Result down = Shell.pgherder("demo", "down");

        assertThat(down.stderr()).as(down.toString()).endsWith("""
                kept, because it was moved or set aside, and may be wanted: %s.old
                kept, because it was moved or set aside, and may be wanted: %s.old
                """.formatted(data, wal));
        assertThat(data).doesNotExist();
        assertThat(wal).doesNotExist();
        Shell.runAsTests("rm", "-rf", data + ".old", wal + ".old");
        assertThat(Shell.pgherder("demo", "down").exitCode()).isZero();
        assertThat(HOME).doesNotExist();
    }

    private static void killTheAgentOfDb3(Result status) {
        String pid = status.stdout().replaceAll("(?s).*agent db3  \\S+  running, pid (\\d+).*", "$1");
        ProcessHandle agent = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        agent.destroyForcibly();
        agent.onExit().join();
    }

    @Test
    void killedOnItsWayItIsRunAgain(@TempDir Path directory) {
        killedAt("starting agents", directory.resolve("first"));
        killedAt("Applying ", directory.resolve("second"));

        Result up = Shell.pgherder("demo");

        assertThat(up.exitCode()).as(up.toString()).isZero();
        assertThat(up.stdout()).contains("t5 now matches").contains("│  └─ pg1925  standby  streaming");
    }

    private static void killedAt(String words, Path output) {
        Process demo = Shell.startPgherder(output, "demo");
        Eventually.await(words, Duration.ofSeconds(60), () -> said(output).contains(words));
        demo.destroyForcibly();
        demo.onExit().join();
    }

    private static String said(Path output) {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @Tag("long")
    void ofTwoAtOnceOneWaitsForTheOtherAndFindsNothingToDo() {
        CompletableFuture<Result> other = CompletableFuture.supplyAsync(() -> Shell.pgherder("demo"));
        Result one = Shell.pgherder("demo");

        Result both = new Result(
                one.exitCode() + other.join().exitCode(),
                one.stdout() + other.join().stdout(),
                one.stderr() + other.join().stderr());
        assertThat(both.exitCode()).as(both.toString()).isZero();
        assertThat(both.stdout())
                .containsOnlyOnce("Applied 18 of 18 steps to t5")
                .containsOnlyOnce("Nothing to do");
        assertThat(both.stderr()).containsOnlyOnce("starting agents");
    }

    @Test
    @Tag("long")
    void portsOfOtherProgramsAreGoneRound() throws IOException {
        try (ServerSocket agent = somebodyAt("127.0.0.2", 7432);
                ServerSocket server = somebodyAt("127.0.0.1", 1921)) {
            Result up = Shell.pgherder("demo");

            assertThat(up.exitCode()).as(up.toString()).isZero();
            assertThat(up.stderr()).contains("""
                    127.0.0.2:7432 is taken by another program: the agent of db2 gets port 7433
                    127.0.0.1:1921 is taken by another program: pg1921 gets port 1926
                    the example topology as it fits this machine: /var/tmp/pgherder-demo/t5.yaml
                    """);
            assertThat(up.stdout())
                    .contains("status /var/tmp/pgherder-demo/t5.yaml --watch")
                    .contains("psql -h /var/tmp/pgherder-demo/run -p 1926 -U postgres postgres");
            assertThat(agent.isBound() && server.isBound()).isTrue();
        }

        Result plan = Shell.pgherder("plan", HOME.resolve("t5.yaml").toString());
        assertThat(plan.stdout()).as(plan.toString()).contains("Nothing to do");
    }

    private static ServerSocket somebodyAt(String address, int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.bind(new InetSocketAddress(address, port));
        return socket;
    }
}
