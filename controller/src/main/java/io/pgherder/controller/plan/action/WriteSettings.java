package io.pgherder.controller.plan.action;

import io.pgherder.controller.plan.Condition;
import io.pgherder.controller.plan.Condition.SettingsWritten;
import io.pgherder.controller.plan.Impact;
import java.util.List;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * Afterwards pgherder.conf holds exactly this configuration, postgresql.conf includes it last, and the password file holds the password for
 * its upstream. Settings take effect by a reload or a restart, the password when the standby connects the next time.
 *
 * @param changed names of the settings that change, or {@link #PASSWORD_FILE}, for the person who reads the plan
 */
public record WriteSettings(InstanceAddress instance, Configuration configuration, List<String> changed)
        implements Action {
    public static final String PASSWORD_FILE = "password file";

    public WriteSettings {
        requireNonNull(instance, "instance is null");
        requireNonNull(configuration, "configuration is null");
        changed = List.copyOf(changed);
    }

    @Override
    public String words() {
        return changed.equals(List.of(PASSWORD_FILE))
                ? "write " + PASSWORD_FILE
                : "write settings: " + String.join(", ", changed);
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
