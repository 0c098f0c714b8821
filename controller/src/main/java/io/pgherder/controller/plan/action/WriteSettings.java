package io.pgherder.controller.plan.action;

import io.pgherder.controller.plan.Condition;
import io.pgherder.controller.plan.Condition.SettingsWritten;
import io.pgherder.controller.plan.Impact;
import java.util.List;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * Afterwards pgherder.conf holds exactly this configuration, postgresql.conf includes it last, and the password file holds the password for
 * its upstream; a running standby has its standby.signal. Settings take effect by a reload or a restart, the password when the standby
 * connects the next time.
 *
 * @param changed names of the settings that change, {@link #PASSWORD_FILE} or {@link #STANDBY_SIGNAL}, for the person who reads the plan
 * @param reset names that an ALTER SYSTEM has set, which beats pgherder.conf: postgresql.auto.conf has them no more afterwards
 */
public record WriteSettings(
        InstanceAddress instance, Configuration configuration, List<String> changed, List<String> reset)
        implements Action {
    /** Where the file as a whole is written anew, or for the first time. */
    public static final String ALL = "all of them";

    public static final String PASSWORD_FILE = "password file";
    public static final String STANDBY_SIGNAL = "standby.signal";

    private static final Set<String> FILES_OF_THEIR_OWN = Set.of(PASSWORD_FILE, STANDBY_SIGNAL);

    public WriteSettings {
        requireNonNull(instance, "instance is null");
        requireNonNull(configuration, "configuration is null");
        changed = List.copyOf(changed);
        reset = List.copyOf(reset);
    }

    @Override
    public String words() {
        boolean noSettings = FILES_OF_THEIR_OWN.containsAll(changed);
        String writes =
                changed.isEmpty() ? "" : (noSettings ? "write " : "write settings: ") + String.join(", ", changed);
        return writes
                + (writes.isEmpty() || reset.isEmpty() ? "" : "; ")
                + (reset.isEmpty() ? "" : "ALTER SYSTEM RESET " + String.join(", ", reset));
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
        return List.of(
                configuration.settingsWithoutPasswords(),
                configuration.synchronousStandbyNames(),
                configuration.upstream(),
                reset);
    }
}
