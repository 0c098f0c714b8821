package io.pgherder.controller.fleet;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.pgherder.controller.fleet.RecordingAgent.Look;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
    private static final List<Integer> CLUSTERS = Arrays.stream(
                    System.getProperty("pgherder.fleets", "10,50,100,200").split(","))
            .map(Integer::valueOf)
            .sorted()
            .toList();
    private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();

    private final DemoTls tls = new DemoTls();
    private final FleetFiles files = new FleetFiles(CHECKOUT.resolve("inventories/t5.yaml"));

    @TempDir
    private Path directory;

    @Test
    void drift() throws Exception {
        Map<String, Look> looks = record();
        int largest = Collections.max(CLUSTERS);
        List<FleetRow> rows = new ArrayList<>();
        Server server = tls.serve(new RecordedAgents(looks, clusters(largest)), FIRST_PORT, largest * FleetFiles.NODES);
        try {
            // The first connections of a JVM take longer, and this one stands for all agents.
            measure(CLUSTERS.get(0));
            for (int clusters : CLUSTERS) {
                rows.add(new FleetRow(clusters, measure(clusters)));
            }
        } finally {
            server.shutdownNow().awaitTermination();
        }
        write(
                "fleet.txt",
                Stream.concat(Stream.of(FleetRow.TITLE), rows.stream().map(FleetRow::toString)));
        write("fleet-limits.txt", FleetLimits.judge(rows).stream());
    }

    private static void write(String name, Stream<String> lines) throws IOException {
        Files.write(CHECKOUT.resolve("target").resolve(name), lines.toList());
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
