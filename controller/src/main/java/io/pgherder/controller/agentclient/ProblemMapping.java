package io.pgherder.controller.agentclient;

import io.pgherder.controller.problem.Problem;
import java.util.Optional;

/** Problems as agents report them. */
final class ProblemMapping {
    private ProblemMapping() {}

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
