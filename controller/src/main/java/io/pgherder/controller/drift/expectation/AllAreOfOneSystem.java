package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.topology.FieldPath;
import java.util.stream.Stream;

/** All nodes are copies of one initdb. */
final class AllAreOfOneSystem implements Expectation {
    @Override
    public Stream<Finding> unmet(SideBySide look) {
        return look.systemIdentifier().stream()
                .flatMap(ours -> look.nodes().stream()
                        .flatMap(node -> look.systemOf(node).filter(theirs -> !theirs.equals(ours)).stream()
                                .map(theirs -> Difference.of(
                                                look.subject(node),
                                                DriftKind.OTHER_SYSTEM,
                                                FieldPath.of("nodes", node, "data_dir"),
                                                "data of system " + ours,
                                                "data of system " + theirs)
                                        .because("it comes from another initdb")
                                        .byHand("is this the directory that is meant? pgherder does not touch it"))));
    }
}
