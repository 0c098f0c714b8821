package io.pgherder.controller.agentclient;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.protobuf.ProtoUtils;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.topology.HostSpec;
import java.util.Optional;

/** Problems as agents report them. */
final class ProblemMapping {
    private static final Metadata.Key<io.pgherder.proto.v1.Problem> TRAILER =
            ProtoUtils.keyForProto(io.pgherder.proto.v1.Problem.getDefaultInstance());

    private ProblemMapping() {}

    /** What an agent says of a call that it could not answer; empty if the call failed for another reason. */
    static Optional<Problem> inTrailers(Throwable failure, HostSpec host) {
        return Optional.ofNullable(Status.trailersFromThrowable(failure))
                .map(trailers -> trailers.get(TRAILER))
                .map(said -> fromProto(
                        said.toBuilder()
                                .clearDetails()
                                .addDetails("agent " + host.agent())
                                .addAllDetails(said.getDetailsList())
                                .build(),
                        host.name()));
    }

    /** @param subject what the controller knows it is about: a node, a host */
    static Problem fromProto(io.pgherder.proto.v1.Problem proto, String subject) {
        return new Problem(
                proto.getCode(),
                proto.getSummary().isBlank() ? "the agent reports a problem without a summary" : proto.getSummary(),
                proto.getDetailsList(),
                proto.getHint(),
                subject,
                Optional.empty(),
                proto.getToolOutputList());
    }
}
