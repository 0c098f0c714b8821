package io.pgherder.controller.plan.action;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Condition;
import io.pgherder.controller.plan.Condition.ClosedToOthers;
import io.pgherder.controller.plan.Condition.HbaInForce;
import io.pgherder.controller.plan.Condition.Running;
import io.pgherder.controller.plan.Condition.SettingsInForce;
import io.pgherder.controller.plan.Condition.SettingsWritten;
import io.pgherder.controller.plan.Condition.Streams;
import io.pgherder.controller.plan.Impact;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * Afterwards the instance runs as a new process with every setting of its files in force.
 *
 * @param upstream whom it streams from; empty: it is the primary
 * @param impact writes pause while a primary restarts, and while a standby does without which too few confirm commits
 */
public record RestartInstance(InstanceAddress instance, Optional<NodeName> upstream, Impact impact) implements Action {
    public RestartInstance {
        requireNonNull(instance, "instance is null");
        requireNonNull(upstream, "upstream is null");
        requireNonNull(impact, "impact is null");
        if (upstream.isEmpty() && impact != Impact.WRITES_PAUSE) {
            throw new IllegalArgumentException("writes pause while a primary restarts");
        }
    }

    /** Of a primary, or of a standby that no commit waits for. */
    public RestartInstance(InstanceAddress instance, Optional<NodeName> upstream) {
        this(instance, upstream, upstream.isPresent() ? Impact.RESTART : Impact.WRITES_PAUSE);
    }

    @Override
    public String words() {
        return "restart";
    }

    @Override
    public Set<Condition> needs() {
        Set<Condition> needs = new LinkedHashSet<>();
        needs.add(new SettingsWritten(node()));
        needs.add(new HbaInForce(node()));
        needs.add(new ClosedToOthers(node()));
        upstream.ifPresent(from -> needs.add(new HbaInForce(from)));
        return needs;
    }

    @Override
    public Set<Condition> makes() {
        return upstream.<Set<Condition>>map(
                        from -> Set.of(new Running(node()), new SettingsInForce(node()), new Streams(node(), from)))
                .orElse(Set.of(new Running(node()), new SettingsInForce(node())));
    }

    /** The agent is told only whether it may come up as a primary. */
    @Override
    public boolean readsFilesAgain() {
        return true;
    }

    @Override
    public List<Object> essence() {
        return List.of(upstream.isEmpty());
    }
}
