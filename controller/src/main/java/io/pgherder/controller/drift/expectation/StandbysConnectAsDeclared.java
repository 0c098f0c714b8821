package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.Conninfo;
import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.OptionDifference;
import io.pgherder.controller.drift.Origins;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.observation.ServerFacts.Setting;
import io.pgherder.controller.pgvalue.NodeName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Every standby is connected to its upstream with the declared options of libpq and no others, and is so when it starts the next time. */
final class StandbysConnectAsDeclared implements Expectation {
    private static final String CONNINFO = "primary_conninfo";

    @Override
    public Stream<Finding> unmet(SideBySide look) {
        return look.standbys().stream().flatMap(node -> {
            List<OptionDifference> inForce = inForce(look, node);
            return Stream.concat(
                    inForce.stream().map(option -> connectedOtherwise(look, node, option)),
                    inFile(look, node).stream()
                            .filter(option -> !inForce.contains(option))
                            .map(option -> written(look, node, option)));
        });
    }

    /** Of one that does not stream another difference tells. */
    private static List<OptionDifference> inForce(SideBySide look, NodeName standby) {
        return look.tree()
                .streamingReceiver(standby)
                .flatMap(receiver -> setting(look, standby))
                .map(setting -> OptionDifference.between(declared(look, standby), Conninfo.parse(setting.value())))
                .orElse(List.of());
    }

    private static List<OptionDifference> inFile(SideBySide look, NodeName standby) {
        return look.managedFile(standby)
                .upstream()
                .map(upstream -> OptionDifference.between(declared(look, standby), upstream))
                .orElse(List.of());
    }

    private static Difference connectedOtherwise(SideBySide look, NodeName standby, OptionDifference option) {
        return Difference.of(
                        look.subject(standby),
                        DriftKind.OTHER_OPTIONS,
                        option.path(standby),
                        "connects " + option.declaredWords(),
                        "is connected " + option.observedWords())
                .because(origin(look, standby));
    }

    private static Difference written(SideBySide look, NodeName standby, OptionDifference option) {
        return Difference.of(
                        look.subject(standby),
                        DriftKind.MANAGED_FILE,
                        option.path(standby),
                        "connects " + option.declaredWords(),
                        "is to connect " + option.observedWords())
                .because("primary_conninfo in pgherder.conf has it so");
    }

    private static Optional<String> origin(SideBySide look, NodeName standby) {
        return look.instance(standby)
                .flatMap(instance -> setting(look, standby)
                        .filter(setting -> !setting.sourceFile().isEmpty())
                        .map(setting -> "its " + CONNINFO + " stands in " + new Origins(instance).of(setting)));
    }

    private static Optional<Setting> setting(SideBySide look, NodeName standby) {
        return look.server(standby).flatMap(server -> server.setting(CONNINFO));
    }

    private static Map<String, String> declared(SideBySide look, NodeName standby) {
        return look.topology().node(standby).options();
    }
}
