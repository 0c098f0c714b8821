package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.SettingsDrift;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.drift.UnclearLoad;
import io.pgherder.controller.observation.FileErrors;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.FieldPath;
import java.util.Optional;
import java.util.stream.Stream;

/** Every running server has read pgherder.conf since it was written. */
final class PgherderConfIsLoaded implements Expectation {
    private static final FieldPath SETTINGS = FieldPath.of("settings");

    @Override
    public Stream<Finding> unmet(SideBySide look) {
        return look.nodes().stream()
                .flatMap(node -> look.instance(node).flatMap(instance -> notLoaded(look, node, instance)).stream());
    }

    /** Where a value differs for that reason, that is told, with this as its cause. */
    private static Optional<Difference> notLoaded(SideBySide look, NodeName node, InstanceState instance) {
        SettingsDrift drift = look.settingsDrift(node);
        boolean isToldOtherwise = !drift.isWritten()
                || !drift.unloaded().isEmpty()
                || !drift.awaitingRestart().isEmpty();
        if (drift.loaded() || isToldOtherwise) {
            return Optional.empty();
        }
        FileErrors errors = instance.settingsErrors();
        boolean isUnclear = errors.isEmpty()
                && instance.managedSettings()
                        .filter(file -> UnclearLoad.isOf(instance, file))
                        .isPresent();
        if (isUnclear) {
            return Optional.of(notLoaded(look, node, "nobody knows whether the server has read it")
                    .because(UnclearLoad.CAUSE));
        }
        return Optional.of(notLoaded(look, node, "the server has not read it since it was written")
                .because(
                        errors.isEmpty()
                                ? "nobody has reloaded since"
                                : "a broken line voids every reload: "
                                        + errors.first().words()));
    }

    private static Difference notLoaded(SideBySide look, NodeName node, String observed) {
        return Difference.of(
                look.subject(node), DriftKind.SETTINGS_NOT_LOADED, SETTINGS, "pgherder.conf as it is", observed);
    }
}
