package io.pgherder.controller.cli;

import io.pgherder.controller.sample.Orders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** The cluster orders in a directory, watched by {@code drift --watch} run after run without a pause. */
final class WatchedOrders {
    final SimulatedFleet agents = new SimulatedFleet();
    final Prompt prompt;

    WatchedOrders(Path directory) {
        prompt = Prompt.in(directory, agents);
    }

    /** For a look at which nobody does anything. */
    static void nothingHappens() {}

    void stopPg2() {
        agents.cluster("orders").node(Orders.PG2).stop();
    }

    void startPg2() {
        agents.cluster("orders").node(Orders.PG2).start();
    }

    /** Until Ctrl-C is pressed; returns the exit code. */
    int watch(String... options) {
        return run(prompt.orders(), options);
    }

    /** The same for other files than that of the cluster. */
    int run(String topology, String... options) {
        List<String> arguments = new ArrayList<>(List.of(topology, "--watch", "1ms"));
        arguments.addAll(List.of(options));
        return new CommandLine(new DriftCommand(prompt.surroundings(), Duration.ofMillis(1)))
                .execute(arguments.toArray(String[]::new));
    }
}
