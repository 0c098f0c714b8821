package io.pgherder.controller.it;

import io.pgherder.controller.testing.AppliedCluster;
import io.pgherder.controller.testing.Eventually;
import io.pgherder.controller.testing.PgherderCommand.Result;
import io.pgherder.controller.testing.TestCluster;
import io.pgherder.controller.testing.TestCluster.Node;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** The password of the replication role is changed: whoever streams goes on, and whoever has to connect again can. */
class PasswordIT {
    @RegisterExtension
    static final AppliedCluster APPLIED = AppliedCluster.t5();

    /** With what a password file escapes, and what is prepared before it is hashed: a ligature, a digit in a circle. */
    private static final String NEW = "barra:cuda \\o/ \uFB01sh \u2460";

    private final TestCluster cluster;

    PasswordIT(TestCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void aNewPasswordDisconnectsNobodyAndLetsEverybodyBackIn() {
        List<String> connections = connections();
        cluster.writePassword(NEW);

        Result plan = cluster.pgherder("plan").run();
        Result applied = cluster.pgherder("apply", "--yes").run();

        String file = cluster.home().path("rep.password").toString();
        assertThat(plan.stdout().replaceAll("\\s+", " "))
                .contains("n1 ensure replication role rep - none its password differs from the secret file " + file)
                .contains("n5 write password file 1 none the password of rep differs from the secret file " + file)
                .contains("Impact: none.");
        assertThat(applied.exitCode()).as(applied.toString()).isZero();
        assertThat(plan.toString() + applied).doesNotContain("barra").doesNotContain("only for tests");
        assertThat(connections()).as("nobody connected again").isEqualTo(connections);
        findsNothingToDo();

        for (Node node : cluster.nodes()) {
            cluster.pgCtl("restart", node.name(), "--log=/dev/null");
            everybodyStreams();
        }
        findsNothingToDo();
    }

    @Test
    void aPasswordThatSomebodySetByHandIsTheDeclaredOneAgain() {
        cluster.sql("n1", "alter role rep password 'set by hand'");

        Result applied = cluster.pgherder("apply", "--yes").run();

        assertThat(applied.exitCode()).as(applied.toString()).isZero();
        assertThat(applied.stdout()).contains("ensure replication role rep").doesNotContain("write password file");
        findsNothingToDo();
        cluster.pgCtl("restart", "n2", "--log=/dev/null");
        everybodyStreams();
    }

    private void findsNothingToDo() {
        Result plan = cluster.pgherder("plan", "--detailed-exitcode").run();
        assertThat(plan.exitCode()).as(plan.toString()).isZero();
    }

    private List<String> connections() {
        return cluster.nodes().stream()
                .map(node -> cluster.sql(node.name(), "select pid from pg_stat_wal_receiver"))
                .toList();
    }

    private void everybodyStreams() {
        Eventually.await(
                "everybody streams",
                Duration.ofSeconds(20),
                () -> cluster.followers("n1").equals(List.of("n2", "n3", "n4"))
                        && cluster.followers("n2").equals(List.of("n5")));
    }
}
