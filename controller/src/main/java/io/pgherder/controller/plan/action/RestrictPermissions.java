package io.pgherder.controller.plan.action;

import io.pgherder.controller.observation.InstanceDirectory;
import io.pgherder.controller.plan.Condition;
import io.pgherder.controller.plan.Condition.ClosedToOthers;
import io.pgherder.controller.plan.Impact;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import static java.util.Objects.requireNonNull;

/**
 * Afterwards these directories of the instance have none of the permissions with which PostgreSQL would not start: others have no rights
 * in them, nor has the group, but for reading in an instance that was made with {@code --allow-group-access}. A server that runs does not
 * notice.
 */
public record RestrictPermissions(InstanceAddress instance, List<InstanceDirectory> directories) implements Action {
    /** @throws IllegalArgumentException for no directory */
    public RestrictPermissions {
        requireNonNull(instance, "instance is null");
        directories = List.copyOf(directories);
        if (directories.isEmpty()) {
            throw new IllegalArgumentException("the permissions of nothing");
        }
    }

    @Override
    public String words() {
        return "restrict permissions: "
                + directories.stream().map(InstanceDirectory::key).collect(Collectors.joining(", "));
    }

    @Override
    public Set<Condition> needs() {
        return Set.of();
    }

    @Override
    public Set<Condition> makes() {
        // In which WAL directory it starts PostgreSQL does not look.
        return directories.contains(InstanceDirectory.DATA) ? Set.of(new ClosedToOthers(node())) : Set.of();
    }

    @Override
    public Impact impact() {
        return Impact.NONE;
    }

    @Override
    public List<Object> essence() {
        return List.of(directories);
    }
}
