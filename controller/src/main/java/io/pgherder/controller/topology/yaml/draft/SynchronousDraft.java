package io.pgherder.controller.topology.yaml.draft;

import io.pgherder.controller.problem.Place;
import io.pgherder.controller.topology.FieldPath;
import io.pgherder.controller.topology.SynchronousRule.Method;
import java.util.List;
import java.util.Optional;

/** The synchronous rule as written; a file that says {@code off} or nothing has none. */
public record SynchronousDraft(
        FieldPath path,
        Place place,
        Optional<Written> any,
        Optional<Written> first,
        List<Written> group,
        List<Written> except)
        implements Placed {
    static SynchronousDraft of(Section rule) {
        return new SynchronousDraft(
                rule.path(),
                rule.place(),
                rule.text("any"),
                rule.text("first"),
                rule.list("of").orElse(List.of()),
                rule.list("except").orElse(List.of()));
    }

    public Method method() {
        return any.isPresent() ? Method.ANY : Method.FIRST;
    }

    /** Empty if no number is written. */
    public Optional<Integer> count() {
        return any.or(() -> first).map(Written::text).flatMap(ScalarCheck::number);
    }

    public boolean has(String node) {
        return group.stream().anyMatch(member -> member.text().equals(node));
    }
}
