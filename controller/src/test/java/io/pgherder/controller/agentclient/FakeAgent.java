package io.pgherder.controller.agentclient;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import io.pgherder.proto.v1.AgentGrpc;
import io.pgherder.proto.v1.CancelRequest;
import io.pgherder.proto.v1.CancelResponse;
import io.pgherder.proto.v1.LockRequest;
import io.pgherder.proto.v1.LockResponse;
import io.pgherder.proto.v1.ObserveRequest;
import io.pgherder.proto.v1.ObserveResponse;
import io.pgherder.proto.v1.OperationEvent;
import io.pgherder.proto.v1.OperationState;
import io.pgherder.proto.v1.ReleaseRequest;
import io.pgherder.proto.v1.ReleaseResponse;
import io.pgherder.proto.v1.RenewRequest;
import io.pgherder.proto.v1.RenewResponse;
import io.pgherder.proto.v1.RunRequest;
import io.pgherder.proto.v1.WatchRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/** An agent in this process, which answers as a test says and writes down what it was asked. */
final class FakeAgent extends AgentGrpc.AgentImplBase implements AutoCloseable {
    private final String name = UUID.randomUUID().toString();
    private Server server;
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());

    Function<ObserveRequest, ObserveResponse> onObserve = request -> ObserveResponse.getDefaultInstance();
    Consumer<StreamObserver<OperationEvent>> onRun = events -> {};
    Consumer<StreamObserver<OperationEvent>> onWatch = events -> {};
    LockResponse onLock = LockResponse.getDefaultInstance();
    boolean silent;

    FakeAgent() throws IOException {
        server = start();
    }

    private Server start() throws IOException {
        return InProcessServerBuilder.forName(name)
                .directExecutor()
                .addService(this)
                .build()
                .start();
    }

    void goAway() throws InterruptedException {
        server.shutdownNow().awaitTermination();
    }

    void comeBack() throws IOException {
        server = start();
    }

    AgentChannels channels() {
        return new AgentChannels(host -> channel(), () -> {});
    }

    private ManagedChannel channel() {
        return InProcessChannelBuilder.forName(name).directExecutor().build();
    }

    List<String> log() {
        return List.copyOf(log);
    }

    static OperationEvent event(OperationState state) {
        return OperationEvent.newBuilder().setState(state).build();
    }

    @Override
    public void observe(ObserveRequest request, StreamObserver<ObserveResponse> answer) {
        log.add("observe " + request.getCluster());
        if (!silent) {
            try {
                answer.onNext(onObserve.apply(request));
                answer.onCompleted();
            } catch (StatusRuntimeException failure) {
                answer.onError(failure);
            }
        }
    }

    @Override
    public void run(RunRequest request, StreamObserver<OperationEvent> events) {
        log.add("run " + request.getOperationId() + " token " + request.getToken());
        onRun.accept(events);
    }

    @Override
    public void watch(WatchRequest request, StreamObserver<OperationEvent> events) {
        log.add("watch " + request.getOperationId());
        onWatch.accept(events);
    }

    @Override
    public void cancel(CancelRequest request, StreamObserver<CancelResponse> answer) {
        log.add("cancel " + request.getOperationId());
        answer.onNext(CancelResponse.newBuilder().setCancelling(true).build());
        answer.onCompleted();
    }

    @Override
    public void lock(LockRequest request, StreamObserver<LockResponse> answer) {
        log.add("lock " + request.getToken() + " by " + request.getHolder() + " for " + request.getTtlMs()
                + " ms, nonce " + request.getNonce());
        answer.onNext(onLock);
        answer.onCompleted();
    }

    @Override
    public void renew(RenewRequest request, StreamObserver<RenewResponse> answer) {
        if (silent) {
            answer.onError(Status.UNAVAILABLE.asRuntimeException());
            return;
        }
        answer.onNext(
                RenewResponse.newBuilder().setHeld(request.getToken() == 8).build());
        answer.onCompleted();
    }

    @Override
    public void release(ReleaseRequest request, StreamObserver<ReleaseResponse> answer) {
        log.add("release " + request.getToken());
        answer.onNext(ReleaseResponse.newBuilder().setReleased(true).build());
        answer.onCompleted();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
