package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.PostmasterPid;
import io.pgherder.agent.postgres.ServerLog;
import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.problem.OperationFailed;
import java.util.List;

/**
 * An instance that ends while an operation waits for it, mostly because somebody stops it: that is told, and not what the waiting met
 * thereby; and it stays stopped until the next run. How it has ended its {@linkplain ServerTraces traces} say; its log adds words to that, if it
 * has any.
 *
 * @param since when the operation began with it
 */
record EndedMeanwhile(InstancePlace place, ServerLog log, ServerLog.Position since, ServerTraces traces) {
    private static final String KILLED = "it was killed, or crashed: it has left its postmaster.pid";

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
        return switch (traces.ending()) {
            case TOLD_TO, KILLED -> problem().failure(why);
            case KILLED_BEFORE_ITS_DATA -> why.problem().detail(KILLED).failure(why);
            case RUNS, GAVE_UP_BEFORE_ITS_RULES, GAVE_UP_AT_ITS_RULES, GAVE_UP_AT_ITS_DATA, UNCLEAR -> why;
        };
    }

    static boolean isTold(OperationFailed why) {
        return why.problem().code().equals(StartProblem.ENDED.id());
    }

    /** How, as far as that can be told now; whoever starts the server again changes what it has left. */
    Ended now() {
        return new Ended(traces.ending(), traces.known());
    }

    AgentProblem problem() {
        AgentProblem problem = StartProblem.ENDED.summary(place.node() + " does not run any more");
        return switch (traces.ending()) {
            case TOLD_TO ->
                problem.detail("it was told to shut down")
                        .details(log.shutdownRequestSince(since)
                                .map(request -> List.of("its log says: " + request))
                                .orElse(List.of()))
                        .hint("who stopped it, and why? Running the same command again starts it");
            case KILLED, KILLED_BEFORE_ITS_DATA ->
                problem.detail(KILLED)
                        .hint("did the kernel kill it for want of memory? Running the same command again starts it")
                        .toolOutput(log.troubleSince(since));
            case RUNS, GAVE_UP_BEFORE_ITS_RULES, GAVE_UP_AT_ITS_RULES, GAVE_UP_AT_ITS_DATA, UNCLEAR ->
                problem.hint("did it crash? Running the same command again starts it")
                        .toolOutput(log.troubleSince(since));
        };
    }
}
