package io.pgherder.controller.fleet;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.pgherder.controller.fleet.RecordingAgent.Look;
import io.pgherder.proto.v1.AgentGrpc.AgentImplBase;
import io.pgherder.proto.v1.ObserveRequest;
import io.pgherder.proto.v1.ObserveResponse;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The agents of a whole fleet, one for each node: each answers of its instance what a real agent has answered of the node of that name, with
 * the cluster's own addresses, and takes as long.
 */
final class RecordedAgents extends AgentImplBase {
    private final Map<String, Look> looks = new HashMap<>();

    RecordedAgents(Map<String, Look> demos, List<FleetCluster> clusters) {
        clusters.forEach(cluster -> demos.forEach((node, look) ->
                looks.put(key(cluster.name(), node), new Look(cluster.translated(look.answer()), look.took()))));
    }

    @Override
    public void observe(ObserveRequest request, StreamObserver<ObserveResponse> observer) {
        if (request.getInstancesCount() != 1) {
            observer.onError(Status.INVALID_ARGUMENT
                    .withDescription("there is one instance here, asked for " + request.getInstancesCount())
                    .asRuntimeException());
            return;
        }
        String node = request.getInstances(0).getInstance().getNode();
        Look look = looks.get(key(request.getCluster(), node));
        if (look == null) {
            observer.onError(Status.NOT_FOUND
                    .withDescription("nothing was recorded of " + node)
                    .asRuntimeException());
            return;
        }
        CompletableFuture.delayedExecutor(look.took().toNanos(), TimeUnit.NANOSECONDS)
                .execute(() -> {
                    observer.onNext(now(look.answer()));
                    observer.onCompleted();
                });
    }

    private static String key(String cluster, String node) {
        return cluster + "/" + node;
    }

    private static ObserveResponse now(ObserveResponse recorded) {
        ObserveResponse.Builder answer = recorded.toBuilder();
        answer.getHostBuilder().setClockMs(Clock.systemUTC().millis());
        return answer.build();
    }
}
