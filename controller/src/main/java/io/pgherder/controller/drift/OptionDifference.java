package io.pgherder.controller.drift;

import io.pgherder.controller.pgvalue.ConnectionOption;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.Secrets;
import io.pgherder.controller.topology.FieldPath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

import static java.util.Objects.requireNonNull;

/**
 * A connection option that is not as declared. What libpq does anyway needs no declaration.
 *
 * @param name {@code sslmode}
 * @param declared empty: it is not
 * @param observed empty: it is not there
 */
public record OptionDifference(String name, Optional<String> declared, Optional<String> observed) {
    public OptionDifference {
        requireNonNull(name, "name is null");
        requireNonNull(declared, "declared is null");
        requireNonNull(observed, "observed is null");
    }

    /** In the order of their names. */
    public static List<OptionDifference> between(Map<String, String> declared, Conninfo observed) {
        Map<String, String> wanted = ConnectionOption.thatMatter(declared);
        Map<String, String> there = ConnectionOption.thatMatter(observed.options());
        TreeSet<String> names = new TreeSet<>(wanted.keySet());
        names.addAll(there.keySet());
        return names.stream()
                .map(name -> new OptionDifference(
                        name, Optional.ofNullable(wanted.get(name)), Optional.ofNullable(there.get(name))))
                .filter(option -> !option.declared().equals(option.observed()))
                .toList();
    }

    /** "with sslmode=verify-ca", "without sslcert". */
    public String observedWords() {
        return words(observed);
    }

    public String declaredWords() {
        return words(declared);
    }

    private String words(Optional<String> value) {
        return value.map(text -> "with " + name + "=" + Secrets.told(name, text))
                .orElse("without " + name);
    }

    /** What decides it in the file; where that says nothing of it, where it would. */
    public FieldPath path(NodeName node) {
        return declared.isPresent()
                ? FieldPath.of("nodes", node, "options", name)
                : FieldPath.of("replication", "options", name);
    }
}
