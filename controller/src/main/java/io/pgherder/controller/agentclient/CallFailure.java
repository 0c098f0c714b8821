package io.pgherder.controller.agentclient;

import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.topology.HostSpec;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** What came of a call that failed: the connection's fault, or an answer that could not be made sense of; or the agent says it itself. */
final class CallFailure {
    private CallFailure() {}

    static Problem problem(HostSpec host, Throwable thrown, Duration timeout) {
        Throwable failure = unwrapped(thrown);
        Optional<Problem> agents = ProblemMapping.inTrailers(failure, host);
        if (agents.isPresent()) {
            return agents.get();
        }
        if (failure instanceof StatusRuntimeException || failure instanceof StatusException) {
            return ConnectionFailure.problem(host, failure, timeout);
        }
        return Problem.of(
                        ConnectionProblem.NOT_UNDERSTOOD,
                        "the answer of agent " + host.agent() + " on " + host.name() + " makes no sense")
                .about(host.name())
                .detail(String.valueOf(failure.getMessage()))
                .hint("is its version another one than the controller's? " + ConnectionFailure.compareVersions(host));
    }

    /** Whether there is no connection, or there is none any more. */
    static boolean isUnavailable(Throwable thrown) {
        return Status.fromThrowable(unwrapped(thrown)).getCode() == Status.Code.UNAVAILABLE;
    }

    private static Throwable unwrapped(Throwable thrown) {
        return thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }
}
