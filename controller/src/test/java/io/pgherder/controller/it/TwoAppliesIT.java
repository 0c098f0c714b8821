package io.pgherder.controller.it;

import io.pgherder.controller.testing.PgherderCommand;
import io.pgherder.controller.testing.PgherderCommand.Result;
import io.pgherder.controller.testing.TestCluster;
import java.util.List;
import org.junit.jupiter.api.Test;

import static io.pgherder.controller.testing.WholeCluster.assertWhole;
import static org.assertj.core.api.Assertions.assertThat;

/** Two people who do not know of each other. */
class TwoAppliesIT {
    @Test
    void oneBuildsAndTheOtherIsToldWhoDoes() {
        try (TestCluster cluster = TestCluster.pair()) {
            PgherderCommand one = cluster.pgherder("apply", "--yes");
            PgherderCommand other = cluster.pgherder("apply", "--yes");
            Process first = one.start();
            Process second = other.start();
            List<Result> results = List.of(one.finish(first), other.finish(second));

            assertThat(results)
                    .as(results.toString())
                    .filteredOn(TwoAppliesIT::hasBuilt)
                    .hasSize(1);
            Result late = results.stream()
                    .filter(result -> !hasBuilt(result))
                    .findFirst()
                    .orElseThrow();
            long builder = results.indexOf(late) == 0 ? second.pid() : first.pid();
            assertThat(late.stderr())
                    .as(late.toString())
                    .containsPattern("Waiting: \\S+ pid " + builder + " holds the lock on testing");
            // Whether the builder has ended or still renews its lock when it is looked at again, is chance.
            if (late.exitCode() == 0) {
                assertThat(late.stdout())
                        .as(late.toString())
                        .contains("Another run has changed testing meanwhile.\nNothing to do: testing matches ");
            } else {
                assertThat(late.exitCode()).as(late.toString()).isEqualTo(4);
                assertThat(late.stderr())
                        .as(late.toString())
                        .contains("somebody else is changing testing", "Nothing has been changed.");
            }
            assertWhole(cluster);
        }
    }

    private static boolean hasBuilt(Result result) {
        return result.exitCode() == 0 && result.stdout().contains("testing now matches");
    }
}
