package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.DeclaredValue;
import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.Origins;
import io.pgherder.controller.drift.SettingsDrift;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.ServerFacts.FileEntry;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.Secrets;
import io.pgherder.controller.pgvalue.SettingValue;
import io.pgherder.controller.topology.FieldPath;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Nothing that pgherder.conf sets stands in postgresql.auto.conf too, which wins: not even with the same value, or before it is read,
 * because whatever is declared then does nothing any more. Where another value is in force for that reason, that is told, with this as its cause.
 */
final class NothingShadowsPgherderConf implements Expectation {
    /** The source of what the server works out itself: a wal_buffers that is -1 in a file. */
    private static final String LEFT_TO_THE_SERVER = "override";

    @Override
    public Stream<Finding> unmet(SideBySide look) {
        return look.nodes().stream()
                .flatMap(node -> look.instance(node).stream().flatMap(instance -> shadowed(look, node, instance)));
    }

    private static Stream<Difference> shadowed(SideBySide look, NodeName node, InstanceState instance) {
        Map<String, String> managed = new TreeMap<>(look.managedFile(node).values());
        managed.putAll(look.writtenOn(node));
        Origins origins = new Origins(instance);
        return look.settingsDrift(node).shadowed().stream()
                .filter(name -> !isToldAsAnotherValue(instance, managed.getOrDefault(name, ""), name))
                .flatMap(name -> origins.alterSystem(name).stream()
                        .map(entry -> difference(look, node, name, managed.getOrDefault(name, ""), origins, entry)));
    }

    /** Then another value is in force, for that reason. */
    private static boolean isToldAsAnotherValue(InstanceState instance, String value, String name) {
        return instance.server()
                .flatMap(server -> server.setting(name))
                .filter(SettingsDrift::isFromAlterSystem)
                .filter(setting -> !new DeclaredValue(name, value).isInForce(setting))
                .isPresent();
    }

    /** What decides is in force only once the server has taken it. */
    private static String notYet(SideBySide look, NodeName node, FileEntry entry) {
        return look.server(node)
                .flatMap(server -> server.setting(entry.name()))
                .filter(inForce -> !SettingsDrift.isFromAlterSystem(inForce)
                        && !inForce.source().equals(LEFT_TO_THE_SERVER)
                        && !SettingValue.same(
                                entry.value(), inForce.type(), inForce.value(), inForce.rawValue(), inForce.unit()))
                .map(inForce -> ", which waits for a "
                        + (inForce.context().equals("postmaster") ? "restart" : "reload") + "; "
                        + inForce.told() + " is in force")
                .orElse("");
    }

    private static Difference difference(
            SideBySide look, NodeName node, String name, String value, Origins origins, FileEntry entry) {
        return Difference.of(
                        look.subject(node),
                        DriftKind.SHADOWED,
                        FieldPath.of("nodes", node, "settings", name),
                        "decided by pgherder.conf: " + Secrets.toldInWords(name, value),
                        "decided by postgresql.auto.conf: " + entry.told() + notYet(look, node, entry))
                .because(Origins.whoSets(name) + " set it: it stands in " + origins.of(entry));
    }
}
