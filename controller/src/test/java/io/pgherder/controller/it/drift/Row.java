package io.pgherder.controller.it.drift;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * One way in which a cluster comes to differ from its file.
 *
 * @param cause brings it about
 * @param told all that drift says of it; nothing where it is no difference
 * @param mending what a person does about it, as the differences advise; empty where apply closes them
 * @param newProcesses the nodes that apply starts or restarts; the processes of all others go on
 */
public record Row(String name, Act cause, List<Told> told, Optional<Act> mending, Set<String> newProcesses) {
    public Row {
        requireNonNull(name, "name is null");
        requireNonNull(cause, "cause is null");
        told = List.copyOf(told);
        requireNonNull(mending, "mending is null");
        newProcesses = Set.copyOf(newProcesses);
        boolean isAdvised =
                told.isEmpty() || told.stream().anyMatch(each -> each.byHand().isPresent());
        if (isAdvised != mending.isPresent()) {
            throw new IllegalArgumentException(
                    "what is advised by hand has to be done by hand, and nothing else: " + name);
        }
    }

    /** What apply closes. */
    public static Row of(String name, Act cause, Told... told) {
        return new Row(name, cause, List.of(told), Optional.empty(), Set.of());
    }

    /** Where a reload will not do, or the server does not run. */
    public Row startingAnew(String... nodes) {
        return new Row(name, cause, told, mending, Set.of(nodes));
    }

    /** What a person closes. */
    public static Row byHand(String name, Act cause, Act mending, Told... told) {
        return new Row(name, cause, List.of(told), Optional.of(mending), Set.of());
    }
}
