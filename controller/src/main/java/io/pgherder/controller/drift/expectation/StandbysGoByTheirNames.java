package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.Conninfo;
import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.topology.FieldPath;
import java.util.stream.Stream;

/**
 * A standby calls itself what the file calls it: by that a primary counts it. What its primary_conninfo does not say, its cluster_name says.
 *
 * @see <a href="https://www.postgresql.org/docs/15/runtime-config-replication.html#GUC-SYNCHRONOUS-STANDBY-NAMES">whom a primary counts</a>
 */
final class StandbysGoByTheirNames implements Expectation {
    @Override
    public Stream<Finding> unmet(SideBySide look) {
        return look.standbys().stream()
                .flatMap(node -> look.managedFile(node).upstream().flatMap(Conninfo::applicationName).stream()
                        .filter(name -> !name.equals(node.value()))
                        .map(name -> Difference.of(
                                        look.subject(node),
                                        DriftKind.MANAGED_FILE,
                                        FieldPath.of("nodes", node),
                                        "application_name " + node,
                                        "application_name " + name)
                                .because("primary_conninfo in pgherder.conf has it: that file was edited")));
    }
}
