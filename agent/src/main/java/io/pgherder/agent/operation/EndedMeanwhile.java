package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.PostmasterPid;
import io.pgherder.agent.postgres.ServerLog;
import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.problem.OperationFailed;
import java.util.Optional;

/**
 * An instance that ends while an operation waits for it, mostly because somebody stops it: that is told, and not what the waiting met
 * thereby; and it stays stopped until the next run.
 *
 * @param since when the operation began with it
 */
record EndedMeanwhile(InstancePlace place, ServerLog log, ServerLog.Position since) {
    /** Also of one that is about to end: it takes no more questions. */
    boolean isSo() {
        return PostmasterPid.live(place.dataDir())
                .filter(PostmasterPid::isAccepting)
                .isEmpty();
    }

    /** Of one that has accepted connections already. */
    OperationFailed insteadOf(OperationFailed why) {
        return isSo() ? problem().failure(why) : why;
    }

    /** Of one that has not yet: it may have ended by itself, and then it is no accident that it did. */
    OperationFailed ifSomebodyStoppedIt(OperationFailed why) {
        return log.shutdownRequestSince(since).isPresent() ? problem().failure(why) : why;
    }

    static boolean isTold(OperationFailed why) {
        return why.problem().code().equals(StartProblem.ENDED.id());
    }

    AgentProblem problem() {
        AgentProblem problem = StartProblem.ENDED.summary(place.node() + " does not run any more");
        Optional<String> request = log.shutdownRequestSince(since);
        return request.isPresent()
                ? problem.detail("its log says: " + request.get())
                        .hint("who stopped it, and why? Running the same command again starts it")
                : problem.hint("did it crash? Running the same command again starts it")
                        .toolOutput(log.troubleSince(since));
    }
}
