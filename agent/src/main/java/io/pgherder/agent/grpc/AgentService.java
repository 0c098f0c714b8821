package io.pgherder.agent.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.pgherder.agent.inspect.HostInspector;
import io.pgherder.agent.lock.ClusterLocks;
import io.pgherder.agent.operation.OperationRunner;
import io.pgherder.agent.system.AllowedRoots;
import io.pgherder.agent.system.Cancellation;
import io.pgherder.proto.v1.Action;
import io.pgherder.proto.v1.AgentGrpc;
import io.pgherder.proto.v1.CancelRequest;
import io.pgherder.proto.v1.CancelResponse;
import io.pgherder.proto.v1.DescribeRequest;
import io.pgherder.proto.v1.DescribeResponse;
import io.pgherder.proto.v1.LockRequest;
import io.pgherder.proto.v1.LockResponse;
import io.pgherder.proto.v1.ObserveRequest;
import io.pgherder.proto.v1.ObserveResponse;
import io.pgherder.proto.v1.OperationEvent;
import io.pgherder.proto.v1.ReleaseRequest;
import io.pgherder.proto.v1.ReleaseResponse;
import io.pgherder.proto.v1.RenewRequest;
import io.pgherder.proto.v1.RenewResponse;
import io.pgherder.proto.v1.RunRequest;
import io.pgherder.proto.v1.WatchRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

import static java.util.Objects.requireNonNull;

/** The methods of the contract, each of them a translation and one call. */
public final class AgentService extends AgentGrpc.AgentImplBase {
    /** More than a disk takes that is only busy. */
    private static final Duration BEFORE_A_CHANGE = Duration.ofSeconds(5);

    private final HostInspector inspector;
    private final OperationRunner runner;
    private final ClusterLocks locks;
    private final Clock clock;
    private final Function<Action, RequestedOperation> actions;
    private final Observation observation;

    public AgentService(
            HostInspector inspector, OperationRunner runner, ClusterLocks locks, AllowedRoots roots, Clock clock) {
        this(inspector, runner, locks, clock, new InstanceMapping(roots));
    }

    private AgentService(
            HostInspector inspector,
            OperationRunner runner,
            ClusterLocks locks,
            Clock clock,
            InstanceMapping instances) {
        this(inspector, runner, locks, clock, instances, new ActionMapping(instances)::toOperation);
    }

    /** @param actions what to do for an action */
    AgentService(
            HostInspector inspector,
            OperationRunner runner,
            ClusterLocks locks,
            Clock clock,
            InstanceMapping instances,
            Function<Action, RequestedOperation> actions) {
        this.inspector = requireNonNull(inspector, "inspector is null");
        this.runner = requireNonNull(runner, "runner is null");
        this.locks = requireNonNull(locks, "locks is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.actions = requireNonNull(actions, "actions is null");
        this.observation = new Observation(inspector, runner, locks, instances);
    }

    @Override
    public void describe(DescribeRequest request, StreamObserver<DescribeResponse> caller) {
        answer(
                caller,
                () -> DescribeResponse.newBuilder()
                        .setHost(HostMapping.toProto(inspector.host()))
                        .build());
    }

    @Override
    public void observe(ObserveRequest request, StreamObserver<ObserveResponse> caller) {
        answer(caller, () -> observation.of(request));
    }

    /** A refusal is the operation's only event, so that a caller has one place to look for what went wrong. */
    @Override
    public void run(RunRequest request, StreamObserver<OperationEvent> caller) {
        follow(caller, request.getOperationId(), stream -> {
            // Finding out where a path leads touches it. Whoever hangs there is left behind, and nobody else is sent
            // after it.
            RequestedOperation operation = inspector.checked(
                    BEFORE_A_CHANGE,
                    request.getAction().getInstance().getDataDir(),
                    () -> actions.apply(request.getAction()));
            return runner.run(
                    request.getOperationId(),
                    operation,
                    () -> locks.refusal(operation.place().cluster(), request.getToken())
                            .ifPresent(refusal -> {
                                throw refusal.failure();
                            }),
                    event -> stream.send(EventMapping.toProto(event)));
        });
    }

    @Override
    public void watch(WatchRequest request, StreamObserver<OperationEvent> caller) {
        follow(
                caller,
                request.getOperationId(),
                stream -> runner.watch(request.getOperationId(), event -> stream.send(EventMapping.toProto(event))));
    }

    @Override
    public void cancel(CancelRequest request, StreamObserver<CancelResponse> caller) {
        answer(
                caller,
                () -> CancelResponse.newBuilder()
                        .setCancelling(runner.cancel(request.getOperationId()))
                        .build());
    }

    @Override
    public void lock(LockRequest request, StreamObserver<LockResponse> caller) {
        answer(caller, () -> LockMapping.toProto(locks.lock(LockMapping.fromProto(request), Connections.current())));
    }

    @Override
    public void renew(RenewRequest request, StreamObserver<RenewResponse> caller) {
        answer(
                caller,
                () -> RenewResponse.newBuilder()
                        .setHeld(locks.renew(request.getCluster(), request.getToken(), Connections.current()))
                        .build());
    }

    @Override
    public void release(ReleaseRequest request, StreamObserver<ReleaseResponse> caller) {
        answer(
                caller,
                () -> ReleaseResponse.newBuilder()
                        .setReleased(locks.release(request.getCluster(), request.getToken()))
                        .build());
    }

    private static <T> void answer(StreamObserver<T> caller, Supplier<T> work) {
        T answer;
        try {
            answer = work.get();
        } catch (RuntimeException | Error e) {
            caller.onError(ProblemMapping.status(e));
            return;
        }
        caller.onNext(answer);
        caller.onCompleted();
    }

    private void follow(
            StreamObserver<OperationEvent> caller,
            String operationId,
            Function<EventStream, Cancellation.Registration> begin) {
        EventStream stream = EventStream.to((ServerCallStreamObserver<OperationEvent>) caller);
        try {
            Cancellation.Registration registration = begin.apply(stream);
            stream.onEnd(registration::close);
        } catch (RuntimeException | Error e) {
            stream.send(EventMapping.refused(operationId, ProblemMapping.problem(e), clock.instant()));
        }
    }
}
