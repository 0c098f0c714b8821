package io.pgherder.controller.it;

import io.pgherder.controller.testing.Eventually;
import io.pgherder.controller.testing.PgherderCommand;
import io.pgherder.controller.testing.PgherderCommand.Result;
import io.pgherder.controller.testing.TestCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** An agent that dies in the middle of a clone leaves at most a staging directory, which the next run removes. */
class KilledAgentIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @ParameterizedTest
    @ValueSource(strings = {"db1", "db2"})
    void killedDuringAClone(String host) {
        try (TestCluster cluster = TestCluster.pair()) {
            cluster.edit(text -> text.replace("\nnodes:", "\n  clone: { max_rate: 4M }\nnodes:"));
            PgherderCommand apply = cluster.pgherder("apply", "--yes");
            Process running = apply.start();
            Eventually.await("the clone of n2 has begun", SOON, () -> isCopying(cluster));

            cluster.agent(host).kill();
            cluster.agent(host).start();
            apply.finish(running);
            Result again = cluster.pgherder("apply", "--yes").run();

            assertThat(again.exitCode()).as(again.toString()).isZero();
            assertThat(cluster.followers("n1")).containsExactly("n2");
            assertThat(cluster.home().content()).containsExactly("n1", "n1", "n2", "n2");
            assertThat(cluster.postmasters("n1")).isEqualTo(1);
            assertThat(cluster.postmasters("n2")).isEqualTo(1);
        }
    }

    private static boolean isCopying(TestCluster cluster) {
        Path staging = cluster.dataDirectory("n2").resolveSibling("n2.pgherder-staging");
        return Files.exists(staging.resolve("base"));
    }
}
