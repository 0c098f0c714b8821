package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.Origins;
import io.pgherder.controller.drift.SettingsDrift;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.FieldPath;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A server that accepts connections does not end every session before it begins, for want of a library that all of them load. */
final class SessionsBegin implements Expectation {
    /** Settings with libraries that every session loads. */
    private static final List<String> LIBRARIES = List.of("session_preload_libraries", "local_preload_libraries");

    @Override
    public Stream<Finding> unmet(SideBySide look) {
        return look.nodes().stream()
                .flatMap(node -> look.instance(node).stream()
                        .flatMap(instance -> instance.server().flatMap(ServerFacts::sessionsEnd).stream()
                                .map(why -> sessionsEnd(look, node, instance, why))));
    }

    private static Difference sessionsEnd(SideBySide look, NodeName node, InstanceState instance, String why) {
        Difference difference = Difference.of(
                        look.subject(node),
                        DriftKind.SESSIONS_END,
                        FieldPath.of("nodes", node),
                        EveryInstanceRuns.RUNS,
                        "runs, and ends every session before it begins")
                .because(why + whoNamesLibraries(new Origins(instance)));
        SettingsDrift drift = look.settingsDrift(node);
        boolean isAboutToChange = LIBRARIES.stream()
                .anyMatch(name -> drift.unwritten().contains(name)
                        || drift.unloaded().contains(name)
                        || drift.shadowed().contains(name));
        return isAboutToChange
                ? difference
                : difference.byHand("correct " + String.join(" or ", LIBRARIES)
                        + " where it is set, and reload; a superuser gets in with PGOPTIONS=\""
                        + LIBRARIES.stream().map(name -> "-c " + name + "=").collect(Collectors.joining(" "))
                        + "\"");
    }

    /** As the files say; what is in force the agent's sessions do not know. */
    private static String whoNamesLibraries(Origins origins) {
        return LIBRARIES.stream()
                .flatMap(name -> origins
                        .last(name)
                        .filter(entry -> !entry.value().isEmpty())
                        .map(entry -> "; " + name + " stands in " + origins.of(entry))
                        .stream())
                .collect(Collectors.joining());
    }
}
