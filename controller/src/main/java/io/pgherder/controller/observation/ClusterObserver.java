package io.pgherder.controller.observation;

import io.pgherder.controller.observation.HostQuery.Endpoint;
import io.pgherder.controller.observation.HostQuery.NodeQuery;
import io.pgherder.controller.observation.ServerFacts.WalReceiver;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.HostSpec;
import io.pgherder.controller.topology.NodeSpec;
import io.pgherder.controller.topology.Topology;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/** Looks at a whole cluster: one question to each host's agent, all of them at once as far as {@code parallel} allows. */
public final class ClusterObserver {
    /**
     * What agents tell only if they are asked, and matters whoever declares it: what they write into every pgherder.conf, and that a standby
     * says how far it is.
     */
    private static final Set<String> ALWAYS =
            Set.of("recovery_target_timeline", WalReceiver.STATUS_INTERVAL, ServerFacts.APPLY_DELAY);

    private final NodeProbe probe;
    private final Semaphore places;

    /** @param parallel how many agents may be asked at the same time */
    public ClusterObserver(NodeProbe probe, int parallel) {
        this(probe, places(parallel));
    }

    /** @param places one for each agent that may be asked at the same time, shared with those who look at other clusters */
    public ClusterObserver(NodeProbe probe, Semaphore places) {
        this.probe = requireNonNull(probe, "probe is null");
        this.places = requireNonNull(places, "places is null");
    }

    private static Semaphore places(int parallel) {
        if (parallel < 1) {
            throw new IllegalArgumentException("parallel must be at least 1, got " + parallel);
        }
        return new Semaphore(parallel);
    }

    public ClusterObservation observe(Topology topology) throws InterruptedException {
        List<HostAnswer> answers = ask(topology);
        Map<NodeName, NodeObservation> seen = new LinkedHashMap<>();
        answers.forEach(answer -> answer.nodes().forEach(node -> seen.put(node.node(), node)));
        List<NodeObservation> inTheFilesOrder = topology.nodes().stream()
                .map(node -> requireNonNull(seen.get(node.name()), () -> "no answer about " + node.name()))
                .toList();
        return new ClusterObservation(answers.stream().map(HostAnswer::host).toList(), inTheFilesOrder);
    }

    private List<HostAnswer> ask(Topology topology) throws InterruptedException {
        List<CompletableFuture<HostAnswer>> asked = new ArrayList<>();
        for (HostSpec host : topology.hosts()) {
            places.acquire();
            asked.add(probe.observe(query(topology, host)).whenComplete((answer, defect) -> places.release()));
        }
        return asked.stream().map(CompletableFuture::join).toList();
    }

    private static HostQuery query(Topology topology, HostSpec host) {
        List<NodeSpec> nodes = topology.nodes().stream()
                .filter(node -> node.host().equals(host.name()))
                .toList();
        TreeSet<String> settings = new TreeSet<>(ALWAYS);
        nodes.forEach(node -> settings.addAll(node.settings().keySet()));
        return new HostQuery(
                topology.cluster(),
                host,
                topology.postgres(),
                nodes.stream()
                        .map(node -> new NodeQuery(node, upstreams(topology, node)))
                        .toList(),
                List.copyOf(settings),
                false,
                topology.synchronous().excepted(),
                Optional.of(topology.replication()));
    }

    /** Whom the node will follow, and whom it may be copied from: where {@code clone.from} says, or the primary. */
    private static List<Endpoint> upstreams(Topology topology, NodeSpec node) {
        return topology.upstreamOf(node.name()).stream()
                .flatMap(upstream -> Stream.of(upstream, node.cloning().from().orElse(topology.primary())))
                .distinct()
                .map(upstream -> new Endpoint(
                        topology.hostOf(upstream).address(),
                        topology.node(upstream).port()))
                .toList();
    }
}
