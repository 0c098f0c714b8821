package io.pgherder.agent.problem;

/** Carries a problem from where it was met to whoever asked. */
public final class OperationFailed extends RuntimeException {
    private final transient AgentProblem problem;

    public OperationFailed(AgentProblem problem) {
        super(text(problem));
        this.problem = problem;
    }

    public OperationFailed(AgentProblem problem, Throwable cause) {
        super(text(problem), cause);
        this.problem = problem;
    }

    public AgentProblem problem() {
        return problem;
    }

    private static String text(AgentProblem problem) {
        return problem.code() + " " + problem.summary();
    }
}
