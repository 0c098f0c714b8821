package io.pgherder.controller.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A node was taken out of the file, and a person asks for its end. */
class PruneOptionTest {
    private static final String PG3 = "  pg3: { host: db2, port: 1923 }\n";

    private final SimulatedFleet agents = new SimulatedFleet();
    private final Path directory;
    private final Prompt prompt;

    PruneOptionTest(@TempDir Path directory) {
        this.directory = directory;
        prompt = Prompt.in(directory, agents);
    }

    @BeforeEach
    void takeANodeOut() {
        prompt.write("orders.yaml", Prompt.ORDERS + PG3);
        assertThat(prompt.run("status", prompt.orders())).isZero();
        prompt.write("orders.yaml", Prompt.ORDERS);
        prompt.clear();
    }

    private String out() {
        return prompt.out().replace(directory + "/", "");
    }

    @Test
    void thePlanSaysWhatBecomesOfItAndHowToCarryItOut() {
        assertThat(prompt.run("plan", prompt.orders(), "--prune")).isZero();

        assertThat(out()).isEqualTo("""
                Cluster orders, system 7421903344718816021, PostgreSQL 15.18.  2 of 2 agents answered in 0.0s.

                  ~ pg1  primary  change  drop slot pg3
                  - pg3  -        remove  not in the file any more

                Steps                                               after  impact
                  1  pg3  stop                                      -      stop
                          it is not in the file any more
                  2  pg1  drop slot pg3                             1      none
                          it would keep WAL forever for pg3, which is not in the file any more
                  3  pg3  set its directories aside                 2      none
                          nothing is deleted: its data stay beside their place

                Plan: 0 nodes to create, 1 to change, 0 to move, 1 to remove. 3 steps.
                Impact: stop of pg3. Writes go on; no data is deleted.

                Nothing has been changed. To carry out these steps:
                  pgherder apply orders.yaml --prune
                """);
    }

    @Test
    void withoutItTheNodeIsOnlyANote() {
        assertThat(prompt.run("plan", prompt.orders())).isZero();

        assertThat(out()).isEqualTo("""
                Cluster orders, system 7421903344718816021, PostgreSQL 15.18.  2 of 2 agents answered in 0.0s.

                Nothing to do: orders matches orders.yaml, but 1 difference beside the file is left to you: undeclared_instance of host db2.
                Note: pg3: it is not in the file any more, and its instance in /data01/pg/pg3 on db2 runs on; apply --prune retires it

                To see what is left to you:
                  pgherder drift orders.yaml
                """);
        assertThat(agents.cluster("orders").node("pg3").running).isTrue();
    }

    @Test
    void aLimitOfNodesOfTheFileDoesNotGoWithIt() {
        assertThat(prompt.run("plan", prompt.orders(), "--prune", "--limit", "pg1"))
                .isEqualTo(2);

        assertThat(prompt.err())
                .contains("--limit names nodes of the file, and --prune is about those that are not in it");
    }
}
