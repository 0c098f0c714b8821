package io.pgherder.controller.plan.action;

import io.pgherder.controller.plan.Condition;
import io.pgherder.controller.plan.Condition.Running;
import io.pgherder.controller.plan.Condition.SettingsInForce;
import io.pgherder.controller.plan.Condition.SettingsWritten;
import io.pgherder.controller.plan.Impact;
import java.util.List;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/** Afterwards the server has read its files again, and none of them has an error. */
public record ReloadSettings(InstanceAddress instance) implements Action {
    public ReloadSettings {
        requireNonNull(instance, "instance is null");
    }

    @Override
    public String words() {
        return "reload";
    }

    @Override
    public Set<Condition> needs() {
        return Set.of(new Running(node()), new SettingsWritten(node()));
    }

    @Override
    public Set<Condition> makes() {
        return Set.of(new SettingsInForce(node()));
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
        return List.of();
    }
}
