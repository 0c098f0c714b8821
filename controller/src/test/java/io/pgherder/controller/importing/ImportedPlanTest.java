package io.pgherder.controller.importing;

import io.pgherder.controller.drift.ClusterDrift;
import io.pgherder.controller.observation.ClusterObservation;
import io.pgherder.controller.observation.FoundHost;
import io.pgherder.controller.observation.FoundInstance;
import io.pgherder.controller.observation.HostObservation.Answered;
import io.pgherder.controller.observation.HostObservation.LocalInstance;
import io.pgherder.controller.observation.NodeObservation;
import io.pgherder.controller.observation.NodeObservation.Seen;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.Setting;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Impact;
import io.pgherder.controller.plan.Plan;
import io.pgherder.controller.plan.Planner;
import io.pgherder.controller.report.NodeChange;
import io.pgherder.controller.simulation.RandomCluster;
import io.pgherder.controller.simulation.RandomWalk;
import io.pgherder.controller.simulation.SimulatedCluster;
import io.pgherder.controller.simulation.SimulatedNode;
import io.pgherder.controller.simulation.TopologyBuilder;
import io.pgherder.controller.topology.NodeSpec;
import io.pgherder.controller.topology.Topology;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever people have built: with the file that is written of it, a plan restarts nothing, and once carried out nothing is left. */
class ImportedPlanTest {
    private final Planner planner = new Planner();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void takingOverRestartsNothing(long seed) {
        SimulatedCluster cluster = builtByHand(seed);

        Imported imported = Imported.of(
                found(cluster),
                new Imported.Wish(Optional.of("orders"), Optional.empty(), "postgres"),
                new ImportedFile(directory)::problems);
        Topology topology = new ImportedFile(directory).read(imported.text());
        cluster.declare(topology);
        Plan plan = planner.plan(topology, cluster.observe());

        assertThat(plan.refusals()).as(imported.text()).isEmpty();
        assertThat(plan.steps())
                .as(imported.text())
                .isNotEmpty()
                .noneMatch(step -> step.reason().text().contains("it is connected with"))
                .allSatisfy(step -> assertThat(step.action().impact()).isLessThan(Impact.RESTART))
                .allSatisfy(step -> assertThat(step.reason().text()).startsWith("take over: "));
        assertThat(NodeChange.of(topology, plan, cluster.observe()))
                .as(imported.text())
                .hasSameSizeAs(topology.nodes())
                .allSatisfy(change -> assertThat(change.kind()).isEqualTo(NodeChange.Kind.TAKE_OVER));
        new RandomWalk(cluster, plan, new Random(seed)).toTheEnd();
        assertThat(planner.plan(topology, cluster.observe()).steps()).isEmpty();
        assertThat(ClusterDrift.of(topology, cluster.observe()).differences())
                .as("but for the slot that was left to people")
                .allSatisfy(left -> assertThat(left.declared()).isEqualTo("no slot replica"));
        assertThat(ClusterDrift.of(topology, cluster.observe()).unseen()).isEmpty();
    }

    private SimulatedCluster builtByHand(long seed) {
        Topology declared = new RandomCluster(new Random(seed)).topology();
        SimulatedCluster cluster = new SimulatedCluster(
                seed % 3 == 0 ? declared : TopologyBuilder.withOptions(declared, Map.of("sslmode", "verify-ca")));
        new RandomWalk(cluster, planner.plan(cluster.topology(), cluster.observe()), new Random(seed)).toTheEnd();
        if (seed % 2 == 0) {
            cluster.node(declared.nodes().get(declared.nodes().size() - 1).name())
                    .upstream
                    .connectsWith(new TreeMap<>(Map.of("sslmode", "disable", "sslcert", "/etc/ssl/pg.crt")));
        }
        if (seed % 4 == 1) {
            hasASlotOfAnotherName(cluster);
        }
        cluster.topology().nodes().forEach(node -> cluster.node(node.name()).wasBuiltByHand());
        return cluster;
    }

    private static void hasASlotOfAnotherName(SimulatedCluster cluster) {
        NodeSpec last =
                cluster.topology().nodes().get(cluster.topology().nodes().size() - 1);
        if (cluster.topology().replication().slots()) {
            cluster.node(last.name()).upstream.usesSlot("replica");
            SimulatedNode upstream =
                    cluster.node(cluster.topology().upstreamOf(last.name()).orElseThrow());
            upstream.slots.remove(last.name());
            upstream.slots.put(new NodeName("replica"), 0L);
            cluster.streaming().connect();
        }
    }

    private static List<FoundHost> found(SimulatedCluster cluster) {
        ClusterObservation seen = cluster.observe();
        List<FoundHost> hosts = new ArrayList<>();
        cluster.topology()
                .hosts()
                .forEach(host -> hosts.add(new FoundHost(
                        host,
                        (Answered) seen.host(host.name()),
                        cluster.topology().nodes().stream()
                                .filter(node -> node.host().equals(host.name()))
                                .map(node -> instance(node, seen.node(node.name())))
                                .toList())));
        return hosts;
    }

    private static FoundInstance instance(NodeSpec node, NodeObservation seen) {
        return new FoundInstance(
                new LocalInstance(
                        node.dataDir(),
                        node.port(),
                        4000 + node.port(),
                        15,
                        "",
                        "",
                        false,
                        false,
                        Optional.empty(),
                        Optional.empty()),
                seen.seen().map(there -> called(node.name().value(), there)));
    }

    /** The simulation does not tell cluster_name; by that the primary has its name. */
    private static Seen called(String name, Seen seen) {
        ServerFacts server = seen.instance().server().orElseThrow();
        List<Setting> settings = new ArrayList<>(server.settings());
        settings.add(new Setting(
                "cluster_name", name, name, "", "postmaster", "string", false, "configuration file", Running.CONF, 1));
        return new Seen(
                seen.node(),
                seen.ground(),
                Running.withServer(seen.instance(), Running.withSettings(server, settings)),
                List.of());
    }
}
