package io.pgherder.controller.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Topology files of clusters that are like the demo's and share its file: one file a cluster, or one directory a fleet. Their hosts are shared:
 * what else runs on this machine is told in every look, and is no difference.
 */
final class FleetFiles {
    static final int NODES = 5;

    private final Path shared;

    /** @param shared the demo's own file */
    FleetFiles(Path shared) {
        this.shared = shared.toAbsolutePath();
    }

    /** The demo's own cluster, asked through an agent before each of its three. */
    Path demo(Path directory, int firstPort) throws IOException {
        return Files.writeString(directory.resolve("t5.yaml"), """
                extends: %s
                cluster: t5
                hosts:
                  db1: { agent: "%s:%d", shared: true }
                  db2: { agent: "%2$s:%4$d", shared: true }
                  db3: { agent: "%2$s:%5$d", shared: true }
                """.formatted(
                        shared, DemoTls.ADDRESS, firstPort, firstPort + 1, firstPort + 2));
    }

    /**
     * These clusters, each node on a host of its own, with an agent of its own.
     *
     * @param firstPort the port of the first agent, from which they are counted
     */
    Path fleet(Path directory, List<FleetCluster> clusters, int firstPort) throws IOException {
        Path fleet = Files.createDirectory(directory.resolve("fleet-of-" + clusters.size()));
        for (FleetCluster cluster : clusters) {
            int port = firstPort + cluster.number() * NODES;
            Files.writeString(fleet.resolve(cluster.name() + ".yaml"), """
                    extends: %s
                    cluster: %s
                    hosts:
                      db1: { address: %s, agent: "%s", shared: true }
                      db2: { address: %s, agent: "%s", shared: true }
                      db3: { address: %s, agent: "%s", shared: true }
                      db4: { address: %s, agent: "%s", shared: true }
                      db5: { address: %s, agent: "%s", shared: true }
                    nodes:
                      pg1924: { host: db4 }
                      pg1925: { host: db5 }
                    """.formatted(
                            shared,
                            cluster.name(),
                            cluster.address(1),
                            agent(port),
                            cluster.address(2),
                            agent(port + 1),
                            cluster.address(3),
                            agent(port + 2),
                            cluster.address(1),
                            agent(port + 3),
                            cluster.address(2),
                            agent(port + 4)));
        }
        return fleet;
    }

    private static String agent(int port) {
        return DemoTls.ADDRESS + ":" + port;
    }
}
