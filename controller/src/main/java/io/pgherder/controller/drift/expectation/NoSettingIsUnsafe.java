package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.Origins;
import io.pgherder.controller.drift.RecoveryEnd;
import io.pgherder.controller.drift.SettingCause;
import io.pgherder.controller.drift.SettingsDrift;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.drift.UnsafeValue;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.ServerFacts.FileEntry;
import io.pgherder.controller.observation.ServerFacts.Setting;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.FieldPath;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Nothing that the file leaves alone makes its promises worthless: without fsync a standby confirms what it does not have on disk, without
 * full_page_writes a crash may leave torn pages, a standby with a recovery target or a trigger file may become a primary, and nobody can write on a primary whose transactions begin read only. What is declared is
 * compared like every setting, and is what somebody wants.
 */
final class NoSettingIsUnsafe implements Expectation {
    @Override
    public Stream<Finding> unmet(SideBySide look) {
        return look.nodes().stream()
                .flatMap(node -> look.instance(node).stream()
                        .flatMap(instance -> Stream.concat(
                                Stream.of(UnsafeValue.values())
                                        .flatMap(unsafe -> unsafe(look, node, instance, unsafe).stream()),
                                Stream.of(target(look, node, instance), trigger(look, node, instance))
                                        .flatMap(Optional::stream))));
    }

    /** What its files say counts: it takes effect with the next start. */
    private static Optional<Difference> target(SideBySide look, NodeName node, InstanceState instance) {
        return RecoveryEnd.target(instance)
                .map(entry -> endOfRecovery(
                                look,
                                node,
                                instance,
                                entry,
                                ": its recovery ends there, and it may come up as a second primary")
                        .byHand("take it away there, and do not restart " + node + " before"));
    }

    /** A server that runs looks for the file all the time. */
    private static Optional<Difference> trigger(SideBySide look, NodeName node, InstanceState instance) {
        return RecoveryEnd.trigger(instance)
                .map(entry -> endOfRecovery(
                                look,
                                node,
                                instance,
                                entry,
                                ": as soon as that file is there, " + node + " is promoted and is a second primary")
                        .byHand("take it away there, and reload"));
    }

    private static Difference endOfRecovery(
            SideBySide look, NodeName node, InstanceState instance, FileEntry entry, String consequence) {
        return Difference.of(
                        look.subject(node),
                        DriftKind.UNSAFE_SETTING,
                        FieldPath.of("nodes", node, "settings", entry.name()),
                        "no end of its recovery",
                        entry.told() + consequence)
                .because("it stands in " + new Origins(instance).of(entry));
    }

    private static Optional<Difference> unsafe(
            SideBySide look, NodeName node, InstanceState instance, UnsafeValue unsafe) {
        return unsafe.inForce(look, node)
                .map(setting -> inForce(look, node, instance, setting, unsafe))
                .or(() -> unsafe.waiting(look, node).map(entry -> waiting(look, node, instance, entry, unsafe)));
    }

    /** Whoever reloads, for whatever, puts it in force. */
    private static Difference waiting(
            SideBySide look, NodeName node, InstanceState instance, FileEntry entry, UnsafeValue unsafe) {
        return difference(
                        look,
                        node,
                        entry.name(),
                        unsafe,
                        entry.told() + " from the next reload on: " + unsafe.consequence())
                .because("it stands in " + new Origins(instance).of(entry))
                .byHand("take it away there before anybody reloads; or declare it under settings, if it is wanted");
    }

    private static Difference difference(
            SideBySide look, NodeName node, String setting, UnsafeValue unsafe, String observed) {
        return Difference.of(
                look.subject(node),
                DriftKind.UNSAFE_SETTING,
                FieldPath.of("nodes", node, "settings", setting),
                unsafe.safe(),
                observed);
    }

    private static Difference inForce(
            SideBySide look, NodeName node, InstanceState instance, Setting setting, UnsafeValue unsafe) {
        Difference difference =
                difference(look, node, setting.name(), unsafe, setting.value() + ": " + unsafe.consequence());
        Difference explained = new SettingCause(look, node, instance).explain(difference, setting);
        // What is not declared a plan takes out of pgherder.conf, or has read again without.
        return explained.byHand().isPresent() || SettingsDrift.isFromPgherderConf(setting)
                ? explained
                : explained.byHand("take it away there; or declare it under settings, if it is wanted");
    }
}
