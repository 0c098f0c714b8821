package io.pgherder.agent.inspect;

import io.pgherder.agent.problem.AgentProblem;
import java.util.List;

/**
 * What a search of the host came upon.
 *
 * @param found in the order of their directories
 * @param unseen why there may be more: places that could not be looked at
 */
public record FoundInstances(List<LocalInstance> found, List<AgentProblem> unseen) {
    public FoundInstances {
        found = List.copyOf(found);
        unseen = List.copyOf(unseen);
    }
}
