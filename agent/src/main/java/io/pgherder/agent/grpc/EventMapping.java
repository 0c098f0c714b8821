package io.pgherder.agent.grpc;

import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.proto.v1.OperationEvent;
import io.pgherder.proto.v1.OperationState;
import io.pgherder.proto.v1.Progress;
import java.time.Instant;

/** What operations say. */
final class EventMapping {
    private EventMapping() {}

    static OperationEvent toProto(io.pgherder.agent.operation.OperationEvent event) {
        OperationEvent.Builder proto = OperationEvent.newBuilder()
                .setOperationId(event.id())
                .setState(toProto(event.state()))
                .setOutcome(event.outcome())
                .setAtMs(event.at().toEpochMilli());
        event.progress().ifPresent(progress -> proto.setProgress(toProto(progress)));
        event.problem().ifPresent(problem -> proto.setProblem(ProblemMapping.toProto(problem)));
        return proto.build();
    }

    static Progress toProto(io.pgherder.agent.operation.Progress progress) {
        return Progress.newBuilder()
                .setPhase(progress.phase())
                .setDoneBytes(progress.doneBytes())
                .setTotalBytes(progress.totalBytes())
                .build();
    }

    /** The one event of an operation that was refused before it began. */
    static OperationEvent refused(String operationId, AgentProblem problem, Instant at) {
        return OperationEvent.newBuilder()
                .setOperationId(operationId)
                .setState(OperationState.OPERATION_STATE_FAILED)
                .setProblem(ProblemMapping.toProto(problem))
                .setAtMs(at.toEpochMilli())
                .build();
    }

    private static OperationState toProto(io.pgherder.agent.operation.OperationEvent.State state) {
        return switch (state) {
            case RUNNING -> OperationState.OPERATION_STATE_RUNNING;
            case DONE -> OperationState.OPERATION_STATE_DONE;
            case FAILED -> OperationState.OPERATION_STATE_FAILED;
            case CANCELLED -> OperationState.OPERATION_STATE_CANCELLED;
            case INTERRUPTED -> OperationState.OPERATION_STATE_INTERRUPTED;
        };
    }
}
