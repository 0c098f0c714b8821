package io.pgherder.controller.fleet;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.pgherder.controller.fleet.RecordingAgent.Look;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code pgherder drift} over fleets of 10 to 200 clusters of five nodes, as a whole process. Runs while the demo is up, whose agents are
 * asked once: what they answer, the fleet's agents answer too. No test: {@code controller/src/bench/run} calls it by its name.
 */
class FleetBenchmark {
    private static final int FIRST_PORT = 20_000;
    private static final List<String> DEMO_AGENTS = List.of("127.0.0.1", "127.0.0.2", "127.0.0.3");
    private static final List<Integer> CLUSTERS = List.of(10, 50, 100, 200);
    private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();

    private final DemoTls tls = new DemoTls();
    private final FleetFiles files = new FleetFiles(CHECKOUT.resolve("inventories/t5.yaml"));

    @TempDir
    private Path directory;

    @Test
    void drift() throws Exception {
        Map<String, Look> looks = record();
        int largest = CLUSTERS.get(CLUSTERS.size() - 1);
        try (PrintStream table = new PrintStream(Files.newOutputStream(CHECKOUT.resolve("target/fleet.txt")))) {
            Server server =
                    tls.serve(new RecordedAgents(looks, clusters(largest)), FIRST_PORT, largest * FleetFiles.NODES);
            try {
                measure(CLUSTERS.get(
                        0)); // The first connections of a JVM take longer, and this one stands for all agents.
                table.println("drift of a fleet            nodes        ms   ms a node   largest MB");
                for (int clusters : CLUSTERS) {
                    MeasuredRun run = measure(clusters);
                    int nodes = clusters * FleetFiles.NODES;
                    table.printf(
                            "  %3d clusters of 5 nodes   %5d  %8d  %10.2f  %11d%n",
                            clusters,
                            nodes,
                            run.took().toMillis(),
                            run.took().toNanos() / 1e6 / nodes,
                            run.largestMb());
                }
            } finally {
                server.shutdownNow().awaitTermination();
            }
        }
    }

    private Map<String, Look> record() throws IOException, InterruptedException {
        Map<String, Look> looks = new ConcurrentHashMap<>();
        List<ManagedChannel> channels = List.of(
                tls.channelTo(DEMO_AGENTS.get(0)),
                tls.channelTo(DEMO_AGENTS.get(1)),
                tls.channelTo(DEMO_AGENTS.get(2)));
        List<Server> servers = List.of(
                tls.serve(new RecordingAgent(channels.get(0), looks), FIRST_PORT, 1),
                tls.serve(new RecordingAgent(channels.get(1), looks), FIRST_PORT + 1, 1),
                tls.serve(new RecordingAgent(channels.get(2), looks), FIRST_PORT + 2, 1));
        MeasuredRun run = MeasuredRun.of(
                directory.resolve("recording.log"),
                "drift",
                files.demo(directory, FIRST_PORT).toString());
        assertThat(run.exitCode()).as(run.output()).isZero();
        for (Server server : servers) {
            server.shutdownNow().awaitTermination();
        }
        channels.forEach(ManagedChannel::shutdownNow);
        return looks;
    }

    private MeasuredRun measure(int clusters) throws IOException, InterruptedException {
        Path fleet = directory.resolve("fleet-of-" + clusters);
        if (!Files.exists(fleet)) {
            files.fleet(directory, clusters(clusters), FIRST_PORT);
        }
        MeasuredRun run = MeasuredRun.of(directory.resolve("drift.log"), "drift", fleet.toString());
        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output()).contains(clusters + " clusters: " + clusters + " in sync");
        return run;
    }

    private static List<FleetCluster> clusters(int count) {
        return IntStream.range(0, count).mapToObj(FleetCluster::new).toList();
    }
}
