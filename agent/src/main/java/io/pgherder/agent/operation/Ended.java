package io.pgherder.agent.operation;

import io.pgherder.agent.operation.ServerTraces.Ending;
import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.problem.OperationFailed;

/**
 * How a server ended, which is told once: whoever starts it again changes what it has left.
 *
 * @param known what its control file says of that, in words
 */
record Ended(Ending ending, String known) {
    /**
     * Whether it ended before it changed anything in its data, and was not told to: then the cause is in its configuration, or in the host. One that
     * crashed then, as by a library, is among them, and one that somebody killed cannot be told from that: it comes up as before, and is told of.
     */
    boolean hasGivenUp() {
        return switch (ending) {
            case KILLED_BEFORE_ITS_DATA, GAVE_UP_BEFORE_ITS_RULES, GAVE_UP_AT_ITS_RULES, GAVE_UP_AT_ITS_DATA -> true;
            case RUNS, TOLD_TO, KILLED, UNCLEAR -> false;
        };
    }

    boolean hasGivenUpAtItsRules() {
        return ending == Ending.GAVE_UP_AT_ITS_RULES;
    }

    /**
     * Of one that may have ended because of what is new in its configuration, or not.
     *
     * @param suspect "its new settings"
     */
    OperationFailed leftAsItIs(String suspect, OperationFailed why) {
        AgentProblem problem = why.problem();
        return problem.detail(known + ": whether " + suspect
                        + " made it end, or somebody, cannot be told. Nothing was taken back")
                .hint((problem.hint().isEmpty() ? "what" : problem.hint() + ". What")
                        + " ended it? Running the same command again starts it as it is now configured")
                .failure(why);
    }
}
