package io.pgherder.controller.plan.action;

import io.pgherder.controller.pgvalue.SessionScope;
import io.pgherder.controller.plan.Condition;
import io.pgherder.controller.plan.Impact;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import static java.util.Objects.requireNonNull;

/** Afterwards these have no synchronous_commit of their own any more; sessions that are open keep theirs. */
public record ResetSynchronousCommit(InstanceAddress instance, List<SessionScope> scopes) implements Action {
    /** @throws IllegalArgumentException for nobody */
    public ResetSynchronousCommit {
        requireNonNull(instance, "instance is null");
        scopes = List.copyOf(scopes);
        if (scopes.isEmpty()) {
            throw new IllegalArgumentException("nobody's synchronous_commit");
        }
    }

    @Override
    public String words() {
        return "reset synchronous_commit of "
                + scopes.stream().map(SessionScope::words).collect(Collectors.joining(", "));
    }

    @Override
    public Set<Condition> needs() {
        return Set.of();
    }

    @Override
    public Set<Condition> makes() {
        return Set.of();
    }

    @Override
    public Impact impact() {
        return Impact.NONE;
    }

    @Override
    public List<Object> essence() {
        return List.of(scopes);
    }
}
