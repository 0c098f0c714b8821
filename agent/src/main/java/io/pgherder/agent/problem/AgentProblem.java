package io.pgherder.agent.problem;

import java.util.ArrayList;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * One thing that is wrong.
 *
 * @param code stable name, documented in docs/problems.md
 * @param summary one line, lower case, no full stop: "could not clone pg1922 from pg1921"
 * @param details facts with values, one a line
 * @param hint a sentence or question that suggests the next command; empty if there is nothing to suggest
 * @param toolOutput the last lines of the failing program's own error output, without secrets
 */
public record AgentProblem(String code, String summary, List<String> details, String hint, List<String> toolOutput) {
    public AgentProblem {
        requireNonNull(code, "code is null");
        requireNonNull(summary, "summary is null");
        requireNonNull(hint, "hint is null");
        details = List.copyOf(details);
        toolOutput = List.copyOf(toolOutput);
        if (summary.isBlank()) {
            throw new IllegalArgumentException("a problem needs a summary: " + code);
        }
    }

    public static AgentProblem of(AgentProblemCode code, String summary) {
        return new AgentProblem(code.id(), summary, List.of(), "", List.of());
    }

    public AgentProblem detail(String fact) {
        return details(List.of(fact));
    }

    public AgentProblem details(List<String> facts) {
        List<String> more = new ArrayList<>(details);
        more.addAll(facts);
        return new AgentProblem(code, summary, more, hint, toolOutput);
    }

    public AgentProblem hint(String hint) {
        return new AgentProblem(code, summary, details, hint, toolOutput);
    }

    public AgentProblem toolOutput(List<String> lastLines) {
        return new AgentProblem(code, summary, details, hint, lastLines);
    }

    /** To be thrown where the caller cannot decide. */
    public OperationFailed failure() {
        return new OperationFailed(this);
    }

    /** To be thrown where the caller cannot decide; the cause is for the agent's log. */
    public OperationFailed failure(Throwable cause) {
        return new OperationFailed(this, cause);
    }
}
