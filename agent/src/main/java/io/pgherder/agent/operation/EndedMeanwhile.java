package io.pgherder.agent.operation;

import io.pgherder.agent.operation.ServerTraces.Ending;
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

    /**
     * Whether it ended before it changed anything in its data, and was not told to: then the cause is in its configuration, or in the host. One that
     * crashed then, as by a library, is among them; so is one that somebody killed, whom a server with its former settings harms no more than it does.
     */
    boolean hasGivenUp() {
        return switch (traces.ending()) {
            case KILLED_BEFORE_ITS_DATA, GAVE_UP_BEFORE_ITS_RULES, GAVE_UP_AT_ITS_RULES, GAVE_UP_AT_ITS_DATA -> true;
            case RUNS, TOLD_TO, KILLED, UNCLEAR -> false;
        };
    }

    boolean hasGivenUpAtItsRules() {
        return traces.ending() == Ending.GAVE_UP_AT_ITS_RULES;
    }

    /**
     * Of one that may have ended because of what is new in its configuration, or not.
     *
     * @param suspect "its new settings"
     */
    OperationFailed leftAsItIs(String suspect, OperationFailed why) {
        AgentProblem problem = why.problem();
        return problem.detail(traces.known() + ": whether " + suspect
                        + " made it end, or somebody, cannot be told. Nothing was taken back")
                .hint((problem.hint().isEmpty() ? "what" : problem.hint() + ". What")
                        + " ended it? Running the same command again starts it as it is now configured")
                .failure(why);
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
