package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.topology.FieldPath;
import java.util.stream.Stream;

/**
 * A primary that fails can be rewound: it has data checksums, or wal_log_hints. Each of its standbys has the same of it, by replication.
 *
 * @see <a href="https://www.postgresql.org/docs/15/app-pgrewind.html">pg_rewind</a>
 */
final class RewindIsPossible implements Expectation {
    @Override
    public Stream<Finding> unmet(SideBySide look) {
        return look.actualPrimary().stream()
                .filter(primary -> look.instance(primary)
                        .flatMap(InstanceState::control)
                        .filter(control -> !control.dataChecksums() && !control.walLogHints())
                        .isPresent())
                .map(primary -> Difference.of(
                                look.subject(primary),
                                DriftKind.REWIND_IMPOSSIBLE,
                                FieldPath.of("postgres", "initdb", "data_checksums"),
                                "data checksums, or wal_log_hints",
                                "neither: pg_rewind is impossible in this cluster")
                        .because("it was made without checksums")
                        .byHand("declare  wal_log_hints: on  under settings, and apply: that takes a restart"));
    }
}
