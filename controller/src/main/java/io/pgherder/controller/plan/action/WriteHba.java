package io.pgherder.controller.plan.action;

import io.pgherder.controller.plan.Condition;
import io.pgherder.controller.plan.Condition.HbaInForce;
import io.pgherder.controller.plan.Impact;
import io.pgherder.controller.problem.Counted;
import java.util.List;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/** Afterwards pg_hba.conf holds exactly these lines after the agent's own, checked, and a running server has read them. */
public record WriteHba(InstanceAddress instance, List<String> lines) implements Action {
    public WriteHba {
        requireNonNull(instance, "instance is null");
        lines = List.copyOf(lines);
    }

    @Override
    public String words() {
        return "write hba: " + Counted.of(lines.size(), "line");
    }

    @Override
    public Set<Condition> needs() {
        return Set.of();
    }

    @Override
    public Set<Condition> makes() {
        return Set.of(new HbaInForce(node()));
    }

    @Override
    public Impact impact() {
        return Impact.RELOAD;
    }

    @Override
    public boolean readsFilesAgain() {
        return true;
    }

    @Override
    public List<Object> essence() {
        return List.of(lines);
    }
}
