package io.pgherder.controller.plan.action;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Condition;
import io.pgherder.controller.plan.Condition.ClosedToOthers;
import io.pgherder.controller.plan.Condition.HbaInForce;
import io.pgherder.controller.plan.Condition.Installed;
import io.pgherder.controller.plan.Condition.RoleReady;
import io.pgherder.controller.plan.Condition.Running;
import io.pgherder.controller.plan.Condition.SettingsWritten;
import io.pgherder.controller.plan.Condition.SlotExists;
import io.pgherder.controller.plan.Impact;
import io.pgherder.controller.topology.CloneSpec;
import io.pgherder.controller.topology.Topology;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * Afterwards the data directory is a copy of the source, configured as a standby of {@code configuration.upstream()}, installed, not
 * started.
 *
 * @param source where the copy comes from; its slot, if any, keeps the WAL until the standby streams
 * @param maxRate as {@code pg_basebackup --max-rate} takes it; empty: no limit
 * @param fastCheckpoint false: wait for the source's next scheduled checkpoint
 */
public record CloneStandby(
        InstanceAddress instance,
        Upstream source,
        Configuration configuration,
        Optional<String> maxRate,
        boolean fastCheckpoint)
        implements Action {
    public CloneStandby {
        requireNonNull(instance, "instance is null");
        requireNonNull(source, "source is null");
        requireNonNull(configuration, "configuration is null");
        requireNonNull(maxRate, "maxRate is null");
        if (configuration.upstream().isEmpty()) {
            throw new IllegalArgumentException("a standby without an upstream: " + instance.node());
        }
    }

    /** As declared; it streams from its source first, whose slot has kept all WAL since the copy began. */
    public static CloneStandby of(Topology topology, NodeName standby, NodeName source) {
        CloneSpec cloning = topology.node(standby).cloning();
        Upstream upstream = Upstream.of(topology, source, standby);
        return new CloneStandby(
                InstanceAddress.of(topology, standby),
                upstream,
                Configuration.of(topology, standby, Optional.of(upstream)),
                cloning.maxRate(),
                cloning.fastCheckpoint());
    }

    @Override
    public String words() {
        return "clone from " + source.node();
    }

    @Override
    public Set<Condition> needs() {
        Set<Condition> needs = new LinkedHashSet<>();
        needs.add(new Running(source.node()));
        needs.add(new RoleReady(source.node()));
        needs.add(new HbaInForce(source.node()));
        source.slot().ifPresent(slot -> needs.add(new SlotExists(source.node(), node())));
        return needs;
    }

    @Override
    public Set<Condition> makes() {
        return Set.of(
                new Installed(node()), new ClosedToOthers(node()), new SettingsWritten(node()), new HbaInForce(node()));
    }

    @Override
    public Impact impact() {
        return Impact.NONE;
    }

    @Override
    public List<Object> essence() {
        return List.of(source, configuration.essence(), maxRate, fastCheckpoint);
    }
}
