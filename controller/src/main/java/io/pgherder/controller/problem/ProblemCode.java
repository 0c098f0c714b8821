package io.pgherder.controller.problem;

/**
 * A stable name for a kind of problem, such as {@code TOPOLOGY-004}. Every package keeps its own codes in one enum; docs/problems.md
 * explains each of them.
 */
public interface ProblemCode {
    /** The stable name: a word in capitals, a hyphen, three digits. */
    String id();
}
