package io.pgherder.controller.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.pgherder.controller.pgvalue.NodeName;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** All that the file declares is in force, and a drift nevertheless finds something, which no step closes. */
class BesideTheFileTest {
    private static final String PG3 = "  pg3: { host: db2, port: 1923 }\n";

    private static final String NOTES = """
            Note: pg1: nodes: declared no slot analytics, observed it is there, and keeps WAL for nobody; no declared node has this name, and nobody uses the slot; to do: SELECT pg_drop_replication_slot('analytics') on pg1, if nobody needs it
            Note: pg1: nodes: declared no slot reports, observed it is there, and keeps WAL for nobody; no declared node has this name, and nobody uses the slot; to do: SELECT pg_drop_replication_slot('reports') on pg1, if nobody needs it
            Note: pg3: it is not in the file any more, and its instance in /data01/pg/pg3 on db2 runs on; apply --prune retires it
            """;

    private static final String LEFT =
            "3 differences beside the file are left to you: slot_orphaned of pg1, undeclared_instance of host db2.\n";

    private final SimulatedFleet agents = new SimulatedFleet();
    private final Path directory;
    private final Prompt prompt;

    BesideTheFileTest(@TempDir Path directory) {
        this.directory = directory;
        prompt = Prompt.in(directory, agents);
    }

    @BeforeEach
    void twoSlotsAndANodeAreNotInTheFile() {
        prompt.write("orders.yaml", Prompt.ORDERS + PG3);
        assertThat(prompt.run("status", prompt.orders())).isZero();
        prompt.write("orders.yaml", Prompt.ORDERS);
        for (String slot : List.of("analytics", "reports")) {
            agents.cluster("orders").node("pg1").slots.put(new NodeName(slot), 0L);
        }
        agents.cluster("orders").node("pg1").slots.remove(new NodeName("pg3"));
        prompt.clear();
    }

    private String out() {
        return prompt.out().replace(directory + "/", "");
    }

    @Test
    void aPlanDoesNotSayThatAllIsWell() {
        assertThat(prompt.run("plan", prompt.orders(), "--detailed-exitcode")).isZero();

        assertThat(out())
                .isEqualTo(
                        "Cluster orders, system 7421903344718816021, PostgreSQL 15.18.  2 of 2 agents answered in 0.0s."
                                + "\n\nNothing to do: orders matches orders.yaml, but " + LEFT + NOTES
                                + "\nTo see what is left to you:\n  pgherder drift orders.yaml\n");
        prompt.clear();
        assertThat(prompt.run("drift", prompt.orders())).isEqualTo(3);
        assertThat(out()).contains("Drift: 3 differences of orders from orders.yaml;");
    }

    @Test
    void inOneLineItIsSaidToo() {
        assertThat(prompt.run("plan", prompt.orders(), "-q")).isZero();

        assertThat(out()).isEqualTo("Nothing to do: orders matches orders.yaml, but " + LEFT);
        prompt.clear();
        assertThat(prompt.run("apply", prompt.orders(), "-q")).isZero();
        assertThat(out()).isEqualTo("Nothing to do: orders matches orders.yaml, but " + LEFT);
    }

    @Test
    void anApplyWithNothingToDoSaysItAndWhereToLook() {
        assertThat(prompt.run("apply", prompt.orders())).isZero();

        assertThat(out())
                .endsWith("\nNothing to do: orders matches orders.yaml, but " + LEFT + NOTES
                        + "\nTo see what is left to you:\n  pgherder drift orders.yaml\n");
    }

    @Test
    void withinALimitOnlyWhatADriftWithinItTells() {
        assertThat(prompt.run("plan", prompt.orders(), "--limit", "pg2")).isZero();

        assertThat(out())
                .contains(
                        "\nNothing to do: orders matches orders.yaml, but 1 difference beside the file is left to you:"
                                + " undeclared_instance of host db2.\n")
                .endsWith("\nTo see what is left to you:\n  pgherder drift orders.yaml --limit pg2\n");
    }

    @Test
    void programsAreToldTheDifferencesAsByADrift() {
        assertThat(prompt.run("plan", prompt.orders(), "-o", "json")).isZero();
        JsonObject plan = JsonParser.parseString(prompt.out()).getAsJsonObject();
        prompt.clear();
        assertThat(prompt.run("apply", prompt.orders(), "-o", "json")).isZero();
        JsonObject end = JsonParser.parseString(
                        prompt.out().lines().reduce((first, second) -> second).orElseThrow())
                .getAsJsonObject();
        prompt.clear();
        assertThat(prompt.run("drift", prompt.orders(), "-o", "json")).isEqualTo(3);
        JsonObject drift = JsonParser.parseString(prompt.out()).getAsJsonObject();

        assertThat(plan.get("matches").getAsBoolean()).isTrue();
        assertThat(StreamSupport.stream(plan.getAsJsonArray("left_to_you").spliterator(), false)
                        .map(difference ->
                                difference.getAsJsonObject().get("kind").getAsString()))
                .containsExactlyInAnyOrder("slot_orphaned", "slot_orphaned", "undeclared_instance");
        assertThat(plan.get("left_to_you")).isEqualTo(drift.get("differences"));
        assertThat(end.get("left_to_you")).isEqualTo(drift.get("differences"));
    }
}
