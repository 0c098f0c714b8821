package io.pgherder.agent.grpc;

import io.pgherder.agent.inspect.Endpoint;
import io.pgherder.agent.inspect.FoundInstances;
import io.pgherder.agent.inspect.HostInspector;
import io.pgherder.agent.inspect.InstanceQuery;
import io.pgherder.agent.inspect.InstanceSnapshot;
import io.pgherder.agent.lock.ClusterLocks;
import io.pgherder.agent.operation.OperationRunner;
import io.pgherder.agent.operation.RunningOperation;
import io.pgherder.agent.postgres.Credentials;
import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.proto.v1.ObserveRequest;
import io.pgherder.proto.v1.ObserveResponse;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import static java.util.Objects.requireNonNull;

/** The answer to Observe: the host, its instances with what is under way on them, and the cluster's lock. */
final class Observation {
    private final HostInspector inspector;
    private final OperationRunner runner;
    private final ClusterLocks locks;
    private final InstanceMapping instances;

    Observation(HostInspector inspector, OperationRunner runner, ClusterLocks locks, InstanceMapping instances) {
        this.inspector = inspector;
        this.runner = runner;
        this.locks = locks;
        this.instances = instances;
    }

    ObserveResponse of(ObserveRequest request) {
        ObserveResponse.Builder response =
                ObserveResponse.newBuilder().setNewestToken(locks.newestToken(request.getCluster()));
        locks.holder(request.getCluster()).ifPresent(holder -> response.setLock(LockMapping.toProto(holder)));
        // Meanwhile: that takes no longer than the instances that are asked for.
        CompletableFuture<FoundInstances> local = inspector.localInstances();
        response.addAllInstances(lookAt(request.getInstancesList()));
        // Last, because its clock is compared with the moment at which the answer arrives.
        return response.setHost(HostMapping.toProto(inspector.host(Optional.of(local.join()))))
                .build();
    }

    /** What lies outside the allowed roots, or makes no sense, is not looked at; its snapshot says so, in its place among the others. */
    private Collection<io.pgherder.proto.v1.InstanceSnapshot> lookAt(List<io.pgherder.proto.v1.InstanceQuery> asked) {
        SortedMap<Integer, io.pgherder.proto.v1.InstanceSnapshot> answers = new TreeMap<>();
        SortedMap<Integer, InstanceQuery> allowed = new TreeMap<>();
        // Finding out where a path leads touches it.
        List<CompletableFuture<InstanceQuery>> checks = asked.stream()
                .map(query -> inspector.check(query.getInstance().getDataDir(), () -> fromProto(query)))
                .toList();
        for (int i = 0; i < asked.size(); i++) {
            try {
                allowed.put(i, checks.get(i).join());
            } catch (CompletionException e) {
                answers.put(i, unseen(asked.get(i), ProblemMapping.problem(requireNonNull(e.getCause()))));
            }
        }
        // Before looking: one that ends meanwhile can be attached to, one that is overlooked would be asked for again.
        Map<Integer, List<RunningOperation>> running = new HashMap<>();
        allowed.forEach(
                (i, query) -> running.put(i, runner.running(query.place().dataDir())));
        Iterator<InstanceSnapshot> seen =
                inspector.look(List.copyOf(allowed.values())).iterator();
        allowed.keySet()
                .forEach(i -> answers.put(i, SnapshotMapping.toProto(seen.next(), running.getOrDefault(i, List.of()))));
        return answers.values();
    }

    private static io.pgherder.proto.v1.InstanceSnapshot unseen(
            io.pgherder.proto.v1.InstanceQuery query, AgentProblem problem) {
        return SnapshotMapping.toProto(
                InstanceSnapshot.unseen(
                        query.getInstance().getNode(), query.getInstance().getDataDir(), problem),
                List.of());
    }

    private static Credentials credentials(io.pgherder.proto.v1.Credentials asked) {
        return new Credentials(asked.getUser(), asked.getPassword());
    }

    private InstanceQuery fromProto(io.pgherder.proto.v1.InstanceQuery query) {
        return new InstanceQuery(
                instances.fromProto(query.getInstance()),
                query.getSettingsList(),
                query.getEverySetting(),
                query.getRolesList(),
                query.getDatabasesList(),
                query.getReachList().stream()
                        .map(endpoint -> new Endpoint(endpoint.getHost(), endpoint.getPort()))
                        .toList(),
                ListeningAddress.parse(query.getListensOn()),
                query.hasCredentials() ? Optional.of(credentials(query.getCredentials())) : Optional.empty());
    }
}
