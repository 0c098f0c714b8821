package io.pgherder.controller.plan.action;

import io.pgherder.controller.pgvalue.Lsn;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Condition;
import io.pgherder.controller.plan.Condition.ClosedToOthers;
import io.pgherder.controller.plan.Condition.HbaInForce;
import io.pgherder.controller.plan.Condition.Installed;
import io.pgherder.controller.plan.Condition.RoleReady;
import io.pgherder.controller.plan.Condition.Running;
import io.pgherder.controller.plan.Condition.SettingsWritten;
import io.pgherder.controller.plan.Condition.Streams;
import io.pgherder.controller.plan.Impact;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * Afterwards the instance runs and accepts connections; a standby also streams from its upstream.
 *
 * @param upstream whom it streams from; empty: it is meant to come up as the primary
 * @param least of a primary: up to where a standby on its timeline has WAL; it is not started with less
 */
public record StartInstance(InstanceAddress instance, Optional<NodeName> upstream, Optional<Lsn> least)
        implements Action {
    public StartInstance {
        requireNonNull(instance, "instance is null");
        requireNonNull(upstream, "upstream is null");
        requireNonNull(least, "least is null");
    }

    /** Of a standby, or of a primary of whose standbys nothing is known. */
    public StartInstance(InstanceAddress instance, Optional<NodeName> upstream) {
        this(instance, upstream, Optional.empty());
    }

    @Override
    public String words() {
        return upstream.map(from -> "start, streaming from " + from).orElse("start as the primary");
    }

    @Override
    public Set<Condition> needs() {
        Set<Condition> needs = new LinkedHashSet<>();
        needs.add(new Installed(node()));
        needs.add(new ClosedToOthers(node()));
        needs.add(new SettingsWritten(node()));
        needs.add(new HbaInForce(node()));
        upstream.ifPresent(from -> {
            needs.add(new RoleReady(from));
            needs.add(new HbaInForce(from));
        });
        return needs;
    }

    @Override
    public Set<Condition> makes() {
        Set<Condition> makes = new LinkedHashSet<>();
        makes.add(new Running(node()));
        upstream.ifPresent(from -> {
            makes.add(new Streams(node(), from));
            makes.add(new RoleReady(node()));
        });
        return makes;
    }

    @Override
    public Impact impact() {
        return Impact.NONE;
    }

    /** The agent is told only whether it may come up as a primary. With how much WAL is a precondition, and it moves while others replay. */
    @Override
    public List<Object> essence() {
        return List.of(upstream.isEmpty());
    }
}
