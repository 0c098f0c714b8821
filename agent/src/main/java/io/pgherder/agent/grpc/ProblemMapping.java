package io.pgherder.agent.grpc;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.proto.v1.Problem;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Problems on the wire. Where an answer has no place for a problem, it travels in the trailers of the status, under the key {@code
 * pgherder.v1.Problem-bin}, and its summary in the status's description.
 */
final class ProblemMapping {
    private static final Logger LOG = Logger.getLogger(ProblemMapping.class.getName());

    static final Metadata.Key<Problem> TRAILER = ProtoUtils.keyForProto(Problem.getDefaultInstance());

    private ProblemMapping() {}

    static Problem toProto(AgentProblem problem) {
        return Problem.newBuilder()
                .setCode(problem.code())
                .setSummary(problem.summary())
                .addAllDetails(problem.details())
                .setHint(problem.hint())
                .addAllToolOutput(problem.toolOutput())
                .build();
    }

    static StatusRuntimeException status(Throwable e) {
        if (e instanceof OperationFailed failed) {
            return status(Status.FAILED_PRECONDITION, failed.problem());
        }
        if (e instanceof IllegalArgumentException) {
            return status(Status.INVALID_ARGUMENT, malformed(e));
        }
        return status(Status.INTERNAL, defect(e));
    }

    private static StatusRuntimeException status(Status status, AgentProblem problem) {
        Metadata trailers = new Metadata();
        trailers.put(TRAILER, toProto(problem));
        return status.withDescription(problem.code() + " " + problem.summary()).asRuntimeException(trailers);
    }

    /** What a failure says of itself, for an answer that has a place for it. */
    static AgentProblem problem(Throwable e) {
        if (e instanceof OperationFailed failed) {
            return failed.problem();
        }
        return e instanceof IllegalArgumentException ? malformed(e) : defect(e);
    }

    private static AgentProblem malformed(Throwable e) {
        return RequestProblem.MALFORMED
                .summary("cannot make sense of the request: " + e.getMessage())
                .hint("are controller and agent of the same version?");
    }

    private static AgentProblem defect(Throwable e) {
        LOG.log(Level.SEVERE, "a call met a defect", e);
        return RequestProblem.DEFECT
                .summary("the agent met a defect of pgherder")
                .detail(e.getClass().getName())
                .hint("the agent's log has the rest; please report it");
    }
}
