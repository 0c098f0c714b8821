package io.pgherder.controller.plan.action;

import io.pgherder.controller.plan.Condition;
import io.pgherder.controller.plan.Condition.SettingsWritten;
import io.pgherder.controller.plan.Impact;
import java.util.List;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * Afterwards pgherder.conf holds exactly this configuration and postgresql.conf includes it last. It takes effect by a reload or a
 * restart.
 *
 * @param changed names of the settings that change, for the person who reads the plan
 */
public record WriteSettings(InstanceAddress instance, Configuration configuration, List<String> changed)
        implements Action {
    public WriteSettings {
        requireNonNull(instance, "instance is null");
        requireNonNull(configuration, "configuration is null");
        changed = List.copyOf(changed);
    }

    @Override
    public String words() {
        return "write settings: " + String.join(", ", changed);
    }

    @Override
    public Set<Condition> needs() {
        return Set.of();
    }

    @Override
    public Set<Condition> makes() {
        return Set.of(new SettingsWritten(node()));
    }

    @Override
    public Impact impact() {
        return Impact.NONE;
    }

    /** Without hba: that is WriteHba's. */
    @Override
    public List<Object> essence() {
        return List.of(configuration.settings(), configuration.synchronousStandbyNames(), configuration.upstream());
    }
}
