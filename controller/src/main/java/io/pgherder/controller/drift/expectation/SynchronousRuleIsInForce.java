package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.SettingCause;
import io.pgherder.controller.drift.SettingsDrift;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.SynchronousStandbys;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.FieldPath;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the primary waits for is what is promised; and what every other member of the group would wait for, if it were promoted, too.
 * However the names are written: PostgreSQL compares them without regard to case, and their order means nothing to ANY.
 */
final class SynchronousRuleIsInForce implements Expectation {
    @Override
    public Stream<Finding> unmet(SideBySide look) {
        return look.nodes().stream()
                .flatMap(node -> look.instance(node).flatMap(instance -> other(look, node, instance)).stream());
    }

    private static Optional<Difference> other(SideBySide look, NodeName node, InstanceState instance) {
        String declared = SettingsDrift.synchronousStandbyNames(look.topology(), node);
        return look.server(node)
                .flatMap(server -> server.setting(SynchronousStandbys.SETTING))
                .filter(inForce ->
                        !SynchronousStandbys.parse(inForce.value()).isSameAs(SynchronousStandbys.parse(declared)))
                .map(inForce -> new SettingCause(look, node, instance)
                        .explain(
                                Difference.of(
                                        look.subject(node),
                                        DriftKind.SYNCHRONOUS_RULE,
                                        FieldPath.of("synchronous"),
                                        words(declared),
                                        words(inForce.value()) + countsAnybody(inForce.value())),
                                inForce));
    }

    private static String words(String names) {
        return names.isEmpty() ? "no standby is waited for" : names;
    }

    private static String countsAnybody(String names) {
        return SynchronousStandbys.parse(names).namesEverybody() ? ", where whoever streams counts, a backup too" : "";
    }
}
