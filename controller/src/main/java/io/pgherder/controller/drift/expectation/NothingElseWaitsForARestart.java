package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.Origins;
import io.pgherder.controller.drift.OwnLines;
import io.pgherder.controller.drift.RecoveryEnd;
import io.pgherder.controller.drift.SettingsDrift;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.Setting;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.Secrets;
import io.pgherder.controller.pgvalue.StandbyLimits;
import io.pgherder.controller.topology.FieldPath;
import java.util.stream.Stream;

/** No setting that the file leaves alone would change with the next restart, whenever and for whatever that comes. */
final class NothingElseWaitsForARestart implements Expectation {
    @Override
    public Stream<Finding> unmet(SideBySide look) {
        return look.nodes().stream()
                .flatMap(node -> look.instance(node).stream().flatMap(instance -> waiting(look, node, instance)));
    }

    private static Stream<Difference> waiting(SideBySide look, NodeName node, InstanceState instance) {
        Origins origins = new Origins(instance);
        return look.server(node).stream()
                .flatMap(server -> server.settings().stream()
                        .filter(Setting::pendingRestart)
                        .filter(setting -> (!isOurs(look, node, setting) || isLeftWaiting(look, node, server, setting))
                                && !look.settingsDrift(node).awaitingRestart().contains(setting.name())
                                && !isTakenBack(setting, origins)
                                // That one must not restart is told elsewhere.
                                && !RecoveryEnd.isTarget(setting.name())))
                .map(setting -> difference(look, node, setting, origins));
    }

    private static boolean isOurs(SideBySide look, NodeName node, Setting setting) {
        return look.writtenOn(node).containsKey(setting.name())
                || look.managedFile(node).values().containsKey(setting.name());
    }

    /**
     * What the agent writes by itself stands in pgherder.conf, and nobody restarts for it. Where that is not included, what waits is to do
     * without it: to include it again is the way, and a restart before that would lose the primary.
     */
    private static boolean isLeftWaiting(SideBySide look, NodeName node, ServerFacts server, Setting setting) {
        SettingsDrift drift = look.settingsDrift(node);
        return drift.included()
                && look.ownLines(node).leavesRestartOf(setting.name(), server)
                && !drift.unwritten().contains(setting.name())
                && !drift.shadowed().contains(setting.name());
    }

    /** PostgreSQL goes on saying that a value waits when no file has that any more; the default waits for nothing where it is in force. */
    private static boolean isTakenBack(Setting setting, Origins origins) {
        return setting.source().equals("default")
                && origins.areKnown()
                && origins.last(setting.name()).isEmpty();
    }

    private static String whatToDo(NodeName node, String setting) {
        if (StandbyLimits.defaults().containsKey(setting)) {
            return "take that back, or declare the setting: standbys need as much of it as their primary, and apply restarts them in"
                    + " the order for that";
        }
        return OwnLines.isOfEveryNode(setting)
                ? "restart " + node
                : "restart " + node + ", or take that back; or declare the setting";
    }

    private static Difference difference(SideBySide look, NodeName node, Setting setting, Origins origins) {
        return Difference.of(
                        look.subject(node),
                        DriftKind.AWAITING_RESTART,
                        FieldPath.of("nodes", node, "settings", setting.name()),
                        "nothing that waits for a restart",
                        setting.name() + " = " + Secrets.told(setting.name(), setting.value())
                                + " in force, and another value that waits")
                .because(origins.last(setting.name())
                        .map(entry -> entry.told() + " stands in " + origins.of(entry))
                        .orElse("no file has it any more"))
                .byHand(whatToDo(node, setting.name()));
    }
}
