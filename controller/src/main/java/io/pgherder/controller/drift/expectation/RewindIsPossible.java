package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.SettingValue;
import io.pgherder.controller.topology.FieldPath;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A primary that fails can be rewound, unless the file wants it otherwise: it has data checksums, or wal_log_hints. Each of its standbys has the same of it, by replication.
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
                .filter(primary -> !isDeclared(look, primary, "off"))
                .map(primary -> difference(look, primary));
    }

    /** That there are no checksums is declared, or they cannot be had any more: then what is left is the setting. */
    private static Difference difference(SideBySide look, NodeName primary) {
        Difference difference = Difference.of(
                look.subject(primary),
                DriftKind.REWIND_IMPOSSIBLE,
                look.topology().postgres().initdb().dataChecksums()
                        ? FieldPath.of("settings", "wal_log_hints")
                        : FieldPath.of("postgres", "initdb", "data_checksums"),
                "data checksums, or wal_log_hints",
                "neither: pg_rewind is impossible in this cluster");
        return isDeclared(look, primary, "on")
                ? difference.because("it was made without checksums, and wal_log_hints = on is not in force yet")
                : difference
                        .because("it was made without checksums")
                        .byHand("declare  wal_log_hints: on  under settings, and apply: that takes a restart");
    }

    private static boolean isDeclared(SideBySide look, NodeName primary, String value) {
        return Optional.ofNullable(look.topology().node(primary).settings().get("wal_log_hints"))
                .filter(declared -> SettingValue.same(declared, "bool", value, value, ""))
                .isPresent();
    }
}
