package io.pgherder.controller.it;

import io.pgherder.controller.testing.Eventually;
import io.pgherder.controller.testing.PgherderCommand.Result;
import io.pgherder.controller.testing.Shell;
import io.pgherder.controller.testing.TestCluster;
import io.pgherder.controller.testing.TestCluster.Node;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The password of the replication role is changed: whoever streams goes on, and whoever has to connect again can. */
class PasswordIT {
    private static final TestCluster CLUSTER = TestCluster.t5();
    /** With what a password file escapes, and what is prepared before it is hashed: a ligature, a digit in a circle. */
    private static final String NEW = "barra:cuda \\o/ \uFB01sh \u2460";

    @BeforeAll
    static void applyFromNothing() {
        Result applied = CLUSTER.pgherder("apply", "--yes").run();
        assertThat(applied.exitCode()).as(applied.toString()).isZero();
    }

    @AfterAll
    static void takeDown() {
        CLUSTER.close();
    }

    @Test
    void aNewPasswordDisconnectsNobodyAndLetsEverybodyBackIn() {
        List<String> connections = connections();
        CLUSTER.writePassword(NEW);

        Result plan = CLUSTER.pgherder("plan").run();
        Result applied = CLUSTER.pgherder("apply", "--yes").run();

        String file = CLUSTER.home().path("rep.password").toString();
        assertThat(plan.stdout().replaceAll("\\s+", " "))
                .contains("n1 ensure replication role rep - none its password differs from the secret file " + file)
                .contains("n5 write password file 1 none the password of rep differs from the secret file " + file)
                .contains("Impact: none.");
        assertThat(applied.exitCode()).as(applied.toString()).isZero();
        assertThat(plan.toString() + applied).doesNotContain("barra").doesNotContain("only for tests");
        assertThat(connections()).as("nobody connected again").isEqualTo(connections);
        findsNothingToDo();

        for (Node node : CLUSTER.nodes()) {
            restartByHand(node.name());
            everybodyStreams();
        }
        findsNothingToDo();
    }

    @Test
    void aPasswordThatSomebodySetByHandIsTheDeclaredOneAgain() {
        CLUSTER.sql("n1", "alter role rep password 'set by hand'");

        Result applied = CLUSTER.pgherder("apply", "--yes").run();

        assertThat(applied.exitCode()).as(applied.toString()).isZero();
        assertThat(applied.stdout()).contains("ensure replication role rep").doesNotContain("write password file");
        findsNothingToDo();
        restartByHand("n2");
        everybodyStreams();
    }

    private static void findsNothingToDo() {
        Result plan = CLUSTER.pgherder("plan", "--detailed-exitcode").run();
        assertThat(plan.exitCode()).as(plan.toString()).isZero();
    }

    private static List<String> connections() {
        return CLUSTER.nodes().stream()
                .map(node -> CLUSTER.sql(node.name(), "select pid from pg_stat_wal_receiver"))
                .toList();
    }

    private static void everybodyStreams() {
        Eventually.await(
                "everybody streams",
                Duration.ofSeconds(20),
                () -> CLUSTER.followers("n1").equals(List.of("n2", "n3", "n4"))
                        && CLUSTER.followers("n2").equals(List.of("n5")));
    }

    private static void restartByHand(String node) {
        Shell.run(
                TestCluster.BIN_DIR.resolve("pg_ctl").toString(),
                "restart",
                "--silent",
                "--mode=fast",
                "--wait",
                "--log=/dev/null",
                "--pgdata=" + CLUSTER.dataDirectory(node));
    }
}
