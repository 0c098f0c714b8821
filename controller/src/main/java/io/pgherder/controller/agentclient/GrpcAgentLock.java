package io.pgherder.controller.agentclient;

import io.pgherder.controller.execution.AgentLock;
import io.pgherder.controller.topology.HostSpec;
import io.pgherder.proto.v1.AgentGrpc;
import io.pgherder.proto.v1.AgentGrpc.AgentStub;
import io.pgherder.proto.v1.LockRequest;
import io.pgherder.proto.v1.LockResponse;
import io.pgherder.proto.v1.ReleaseRequest;
import io.pgherder.proto.v1.ReleaseResponse;
import io.pgherder.proto.v1.RenewRequest;
import io.pgherder.proto.v1.RenewResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One agent's part of a cluster's lock, over gRPC. */
final class GrpcAgentLock implements AgentLock {
    private final AgentChannels channels;
    private final Duration timeout;

    GrpcAgentLock(AgentChannels channels, Duration timeout) {
        this.channels = channels;
        this.timeout = timeout;
    }

    @Override
    public CompletableFuture<AgentLock.Answer> lock(HostSpec agent, Request request) {
        Reply<LockResponse> answer = new Reply<>();
        stub(agent)
                .lock(
                        LockRequest.newBuilder()
                                .setCluster(request.cluster())
                                .setHolder(request.holder())
                                .setPurpose(request.purpose())
                                .setToken(request.token())
                                .setTtlMs(request.ttl().toMillis())
                                .setNonce(request.nonce())
                                .build(),
                        answer);
        return answer.future()
                .thenApply(GrpcAgentLock::answer)
                .exceptionally(
                        failure -> new AgentLock.Answer.Unanswered(CallFailure.problem(agent, failure, timeout)));
    }

    private static AgentLock.Answer answer(LockResponse response) {
        return switch (response.getOutcomeCase()) {
            case GRANTED -> new AgentLock.Answer.Granted();
            case HELD_BY -> new AgentLock.Answer.HeldBy(LockMapping.fromProto(response.getHeldBy()));
            case NEWEST_TOKEN -> new AgentLock.Answer.Stale(response.getNewestToken());
            case OUTCOME_NOT_SET -> throw new IllegalArgumentException("an answer to Lock without an outcome");
        };
    }

    @Override
    public CompletableFuture<Renewal> renew(HostSpec agent, String cluster, long token) {
        Reply<RenewResponse> answer = new Reply<>();
        channels.retrySoon(agent);
        stub(agent)
                .renew(
                        RenewRequest.newBuilder()
                                .setCluster(cluster)
                                .setToken(token)
                                .build(),
                        answer);
        return answer.future()
                .thenApply(response -> response.getHeld() ? Renewal.HELD : Renewal.LOST)
                .exceptionally(failure -> Renewal.UNANSWERED);
    }

    @Override
    public CompletableFuture<Void> release(HostSpec agent, String cluster, long token) {
        Reply<ReleaseResponse> answer = new Reply<>();
        stub(agent)
                .release(
                        ReleaseRequest.newBuilder()
                                .setCluster(cluster)
                                .setToken(token)
                                .build(),
                        answer);
        // Whoever does not hear it finds the lock fallen a little later.
        return answer.future().handle((response, failure) -> null);
    }

    private AgentStub stub(HostSpec agent) {
        return AgentGrpc.newStub(channels.to(agent)).withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }
}
