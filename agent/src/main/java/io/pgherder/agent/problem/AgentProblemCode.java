package io.pgherder.agent.problem;

/**
 * A stable name for a kind of problem, such as {@code CLONE-003}. Every package keeps its own codes in one enum; docs/problems.md
 * explains each of them.
 */
public interface AgentProblemCode {
    /** The stable name: a word in capitals, a hyphen, three digits. */
    String id();

    /** The beginning of a problem of this kind. */
    default AgentProblem summary(String summary) {
        return AgentProblem.of(this, summary);
    }
}
