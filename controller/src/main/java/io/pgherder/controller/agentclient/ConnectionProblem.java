package io.pgherder.controller.agentclient;

import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemCode;
import java.util.EnumSet;
import java.util.Set;

/** What can go wrong between the controller and an agent. */
public enum ConnectionProblem implements ProblemCode {
    /** Nobody listens at the agent's address. */
    REFUSED("CONNECT-001"),
    /** The agent did not answer in time, or its host did not. */
    TIMED_OUT("CONNECT-002"),
    /** The agent's host name does not resolve. */
    UNKNOWN_HOST("CONNECT-003"),
    /** No route leads to the agent's host. */
    UNREACHABLE("CONNECT-004"),
    /** The agent's certificate comes from another authority than the controller's, or is out of date. */
    NOT_TRUSTED("CONNECT-005"),
    /** The agent's certificate is trusted but names another host. */
    WRONG_NAME("CONNECT-006"),
    /** The agent does not accept the controller's certificate. */
    NOT_ACCEPTED("CONNECT-007"),
    /** Something listens at the agent's address that does not speak TLS. */
    NOT_AN_AGENT("CONNECT-008"),
    /** The agent does not know what it was asked: it is of another version. */
    OTHER_VERSION("CONNECT-009"),
    /** The connection was lost at this step or an earlier one, and could not be made again. */
    LOST("CONNECT-010"),
    /** The agent answered with something that makes no sense. */
    NOT_UNDERSTOOD("CONNECT-011"),
    /** Any other failure of a call; the details say what gRPC says. */
    OTHER("CONNECT-012"),
    /** A file of the controller's TLS directory is missing or cannot be read. */
    TLS_FILE_UNREADABLE("CONNECT-013"),
    /** A file of the controller's TLS directory is not what it should be. */
    TLS_FILE_INVALID("CONNECT-014"),
    /** The agent answered, and could not look into a node's data directory. */
    NODE_UNSEEN("CONNECT-015"),
    /** The agent answered, and did not say whether it knows of all instances on its host. */
    INSTANCES_UNKNOWN("CONNECT-016");

    private static final Set<ConnectionProblem> WITHOUT_CONNECTION =
            EnumSet.of(REFUSED, UNKNOWN_HOST, UNREACHABLE, NOT_TRUSTED, WRONG_NAME, NOT_ACCEPTED, NOT_AN_AGENT);

    private final String id;

    ConnectionProblem(String id) {
        this.id = id;
    }

    /** Whether it is certain that the agent was never told anything. */
    static boolean isWithoutConnection(Problem problem) {
        return WITHOUT_CONNECTION.stream().anyMatch(one -> one.id.equals(problem.code()));
    }

    @Override
    public String id() {
        return id;
    }
}
