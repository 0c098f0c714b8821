package io.pgherder.agent;

import io.pgherder.agent.problem.AgentProblem;
import java.io.PrintStream;

/** A problem as the person who started the agent reads it. */
final class ProblemText {
    private ProblemText() {}

    static void print(AgentProblem problem, PrintStream to) {
        to.println("Error: " + problem.summary() + "  [" + problem.code() + "]");
        problem.details().forEach(fact -> to.println("  " + fact));
        problem.toolOutput().forEach(line -> to.println("  | " + line));
        if (!problem.hint().isEmpty()) {
            to.println("  Hint: " + problem.hint());
        }
    }
}
