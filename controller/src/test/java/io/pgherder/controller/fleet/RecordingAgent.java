package io.pgherder.controller.fleet;

import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import io.pgherder.proto.v1.AgentGrpc;
import io.pgherder.proto.v1.AgentGrpc.AgentImplBase;
import io.pgherder.proto.v1.InstanceSnapshot;
import io.pgherder.proto.v1.ObserveRequest;
import io.pgherder.proto.v1.ObserveResponse;
import java.time.Duration;
import java.util.Map;

import static java.util.Objects.requireNonNull;

/** Stands before a real agent, hands on what it is asked, and keeps what was answered. */
final class RecordingAgent extends AgentImplBase {
    private final Channel real;
    private final Map<String, Look> kept;

    /** @param kept where the answers go, by node */
    RecordingAgent(Channel real, Map<String, Look> kept) {
        this.real = requireNonNull(real, "real is null");
        this.kept = requireNonNull(kept, "kept is null");
    }

    /**
     * What an agent said of the one instance on its host, as if there were no other.
     *
     * @param took how long the agent was at it
     */
    record Look(ObserveResponse answer, Duration took) {}

    @Override
    public void observe(ObserveRequest request, StreamObserver<ObserveResponse> observer) {
        long began = System.nanoTime();
        ObserveResponse answer = AgentGrpc.newBlockingStub(real).observe(request);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        answer.getInstancesList()
                .forEach(instance -> kept.put(instance.getNode(), new Look(only(instance, answer), took)));
        observer.onNext(answer);
        observer.onCompleted();
    }

    private static ObserveResponse only(InstanceSnapshot instance, ObserveResponse answer) {
        ObserveResponse.Builder alone = answer.toBuilder().clearInstances().addInstances(instance);
        alone.getHostBuilder()
                .clearInstances()
                .addAllInstances(answer.getHost().getInstancesList().stream()
                        .filter(local -> local.getNode().equals(instance.getNode()))
                        .toList());
        return alone.build();
    }
}
