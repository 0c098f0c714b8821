package io.pgherder.controller.agentclient;

import io.grpc.stub.StreamObserver;
import io.pgherder.controller.execution.ActionRunner;
import io.pgherder.controller.execution.Progress;
import io.pgherder.controller.execution.StepOutcome;
import io.pgherder.controller.plan.action.Action;
import io.pgherder.controller.topology.HostSpec;
import io.pgherder.controller.topology.Topology;
import io.pgherder.proto.v1.AgentGrpc;
import io.pgherder.proto.v1.CancelRequest;
import io.pgherder.proto.v1.CancelResponse;
import io.pgherder.proto.v1.OperationEvent;
import io.pgherder.proto.v1.RunRequest;
import io.pgherder.proto.v1.WatchRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Has actions carried out by the agents of their hosts, over gRPC. */
final class GrpcActionRunner implements ActionRunner {
    private final AgentChannels channels;
    private final Topology topology;
    private final Duration timeout;
    private final Duration patience;
    private final Map<String, Silence> silences = new ConcurrentHashMap<>();

    /**
     * @param timeout for a question that is answered at once
     * @param patience how long an agent may be silent, with the connection lost, before its operations are given up
     */
    GrpcActionRunner(AgentChannels channels, Topology topology, Duration timeout, Duration patience) {
        this.channels = channels;
        this.topology = topology;
        this.timeout = timeout;
        this.patience = patience;
    }

    @Override
    public CompletableFuture<StepOutcome> run(
            String operationId, long token, Action action, Consumer<Progress> progress) {
        HostSpec host = topology.host(action.instance().host());
        RunRequest request = RunRequest.newBuilder()
                .setOperationId(operationId)
                .setToken(token)
                .setAction(ActionMapping.toProto(action))
                .build();
        WatchRequest again =
                WatchRequest.newBuilder().setOperationId(operationId).build();
        RemoteOperation.Calls calls = new RemoteOperation.Calls() {
            @Override
            public void run(StreamObserver<OperationEvent> events) {
                channels.retrySoon(host);
                AgentGrpc.newStub(channels.to(host)).run(request, events);
            }

            @Override
            public void runBriefly(StreamObserver<OperationEvent> events) {
                channels.retrySoon(host);
                AgentGrpc.newStub(channels.to(host))
                        .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS)
                        .run(request, events);
            }

            @Override
            public void watch(StreamObserver<OperationEvent> events) {
                channels.retrySoon(host);
                AgentGrpc.newStub(channels.to(host)).watch(again, events);
            }
        };
        Silence ofTheAgent = silences.computeIfAbsent(host.agent(), agent -> new Silence(System::nanoTime));
        return new RemoteOperation(host, action.node().value(), calls, progress, timeout, patience, ofTheAgent).start();
    }

    @Override
    public void cancel(String operationId, Action action) {
        HostSpec host = topology.host(action.instance().host());
        // Whether it was heard, the operation's own stream tells.
        AgentGrpc.newStub(channels.to(host))
                .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .cancel(CancelRequest.newBuilder().setOperationId(operationId).build(), new Reply<CancelResponse>());
    }
}
