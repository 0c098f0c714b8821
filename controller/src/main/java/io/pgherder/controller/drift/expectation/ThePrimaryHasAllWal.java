package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.MissingWal;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.topology.FieldPath;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The primary has all the WAL that its standbys have from it. */
final class ThePrimaryHasAllWal implements Expectation {
    @Override
    public Stream<Finding> unmet(SideBySide look) {
        return MissingWal.of(look).stream()
                .map(missing -> Difference.of(
                                look.subject(missing.primary()),
                                DriftKind.PRIMARY_LACKS_WAL,
                                FieldPath.of("primary"),
                                "all the WAL that its standbys have from it",
                                missing.ahead().entrySet().stream()
                                        .map(standby -> standby.getKey() + standby.getValue())
                                        .collect(Collectors.joining("; ")))
                        .because(missing.has())
                        .byHand(missing.advice()));
    }
}
