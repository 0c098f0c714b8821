package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.Conninfo;
import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.FieldPath;
import java.util.stream.Stream;

/** The primary's pgherder.conf names no upstream, as that of a standby does, which somebody has promoted. */
final class ThePrimaryFollowsNobody implements Expectation {
    @Override
    public Stream<Finding> unmet(SideBySide look) {
        NodeName primary = look.primary();
        return look.isUpstreamLeftOver(primary)
                ? look.managedFile(primary).upstream().stream()
                        .map(upstream -> Difference.of(
                                        look.subject(primary),
                                        DriftKind.MANAGED_FILE,
                                        FieldPath.of("primary"),
                                        "a primary's pgherder.conf, without primary_conninfo",
                                        words(upstream))
                                .because("it was a standby when that was written, or pgherder.conf was edited"))
                : Stream.empty();
    }

    private static String words(Conninfo upstream) {
        return "primary_conninfo"
                + upstream.host()
                        .map(host -> ", which leads to " + host
                                + upstream.port().map(port -> ":" + port).orElse(""))
                        .orElse("");
    }
}
