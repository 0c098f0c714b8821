package io.pgherder.controller.plan.action;

import io.pgherder.controller.plan.Condition;
import io.pgherder.controller.plan.Condition.ClosedToOthers;
import io.pgherder.controller.plan.Condition.HbaInForce;
import io.pgherder.controller.plan.Condition.Installed;
import io.pgherder.controller.plan.Condition.SettingsWritten;
import io.pgherder.controller.plan.Impact;
import io.pgherder.controller.topology.PostgresSpec.InitdbSpec;
import java.util.List;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/** Afterwards the data directory holds a new, configured instance, installed, not started. */
public record InitPrimary(InstanceAddress instance, InitdbSpec initdb, Configuration configuration) implements Action {
    public InitPrimary {
        requireNonNull(instance, "instance is null");
        requireNonNull(initdb, "initdb is null");
        requireNonNull(configuration, "configuration is null");
    }

    @Override
    public String words() {
        return "initialize a new primary";
    }

    @Override
    public Set<Condition> needs() {
        return Set.of();
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
        return List.of(initdb, configuration.essence());
    }
}
