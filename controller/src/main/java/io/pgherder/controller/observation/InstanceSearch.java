package io.pgherder.controller.observation;

import io.pgherder.controller.observation.HostObservation.Answered;
import io.pgherder.controller.observation.HostObservation.LocalInstance;
import io.pgherder.controller.observation.HostQuery.NodeQuery;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.CloneSpec;
import io.pgherder.controller.topology.HostSpec;
import io.pgherder.controller.topology.NodeSpec;
import io.pgherder.controller.topology.PostgresSpec;
import io.pgherder.controller.topology.PostgresSpec.InitdbSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

import static java.util.Objects.requireNonNull;

/**
 * Looks at whatever is on a host, without a topology that would name it: first which instances there are, then at each of them, with every
 * setting that somebody has set. Changes nothing and takes no lock.
 */
public final class InstanceSearch {
    /** Of nobody: an agent tells with it who holds a cluster's lock. */
    private static final String NO_CLUSTER = "import";

    private final NodeProbe probe;
    private final String superuser;
    private final Semaphore places;

    /**
     * @param superuser the role that agents become in every instance
     * @param parallel how many agents may be asked at the same time
     */
    public InstanceSearch(NodeProbe probe, String superuser, int parallel) {
        this.probe = requireNonNull(probe, "probe is null");
        this.superuser = requireNonNull(superuser, "superuser is null");
        this.places = new Semaphore(parallel);
    }

    /** All hosts at once, as far as there are places; in the given order. */
    public List<FoundHost> look(List<HostSpec> hosts) throws InterruptedException {
        List<CompletableFuture<FoundHost>> looks = new ArrayList<>();
        for (HostSpec host : hosts) {
            places.acquire();
            looks.add(look(host).whenComplete((found, defect) -> places.release()));
        }
        return looks.stream().map(CompletableFuture::join).toList();
    }

    private CompletableFuture<FoundHost> look(HostSpec host) {
        return probe.observe(query(host, 0, List.of()))
                .thenCompose(answer -> answer.host() instanceof Answered answered
                        ? instances(host, answered.instances().found())
                                .thenApply(found -> new FoundHost(host, answered, found))
                        : CompletableFuture.completedFuture(new FoundHost(host, answer.host(), List.of())));
    }

    /** One question for each major version: the programs that an agent needs for an answer are of one. */
    private CompletableFuture<List<FoundInstance>> instances(HostSpec host, List<LocalInstance> places) {
        Map<Integer, List<LocalInstance>> byVersion = new TreeMap<>();
        List<FoundInstance> found = Collections.synchronizedList(new ArrayList<>());
        for (LocalInstance place : places) {
            if (place.majorVersion() == 0 || place.port() == 0) {
                found.add(new FoundInstance(place, Optional.empty()));
            } else {
                byVersion
                        .computeIfAbsent(place.majorVersion(), version -> new ArrayList<>())
                        .add(place);
            }
        }
        List<CompletableFuture<Void>> looks = new ArrayList<>();
        byVersion.forEach((version, these) ->
                looks.add(probe.observe(query(host, version, these)).thenAccept(answer -> {
                    for (int i = 0; i < these.size(); i++) {
                        found.add(new FoundInstance(
                                these.get(i), Optional.of(answer.nodes().get(i))));
                    }
                })));
        return CompletableFuture.allOf(looks.toArray(CompletableFuture[]::new))
                .thenApply(done -> places.stream()
                        .flatMap(place -> found.stream()
                                .filter(instance -> instance.place().equals(place)))
                        .toList());
    }

    private HostQuery query(HostSpec host, int majorVersion, List<LocalInstance> places) {
        List<NodeQuery> nodes = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            nodes.add(new NodeQuery(spec("found_" + i, host, places.get(i)), List.of()));
        }
        return new HostQuery(
                NO_CLUSTER,
                host,
                new PostgresSpec(majorVersion, Optional.empty(), superuser, InitdbSpec.DEFAULT),
                nodes,
                List.of(),
                true,
                Set.of(),
                Optional.empty());
    }

    private static NodeSpec spec(String name, HostSpec host, LocalInstance place) {
        return new NodeSpec(
                new NodeName(name),
                host.name(),
                place.port(),
                place.dataDir(),
                Optional.empty(),
                place.configDir(),
                Optional.empty(),
                NodeSpec.DEFAULT_PRIORITY,
                CloneSpec.DEFAULT,
                new TreeMap<>(),
                new TreeMap<>());
    }
}
