package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.DriftProblem;
import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.SettingCause;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.drift.Unseen;
import io.pgherder.controller.drift.WeakCommits;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.RoleSetting;
import io.pgherder.controller.observation.ServerFacts.Setting;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.SynchronousCommit;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.topology.FieldPath;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * No level of synchronous_commit lets a commit be acknowledged before the promised copies have it on disk. A level that is declared is
 * compared like every setting, and a weak one cannot be declared.
 */
final class CommitsAreAsSafeAsPromised implements Expectation {
    private static final String PROMISE = "commits are acknowledged when the promised standbys have them on disk";

    @Override
    public Stream<Finding> unmet(SideBySide look) {
        return look.topology().synchronous().count() == 0
                ? Stream.empty()
                : look.actualPrimary().stream()
                        .flatMap(primary -> look.instance(primary).stream()
                                .flatMap(instance -> Stream.concat(
                                        weakLevel(look, primary, instance).stream(), ofRoles(look, primary))));
    }

    private static Optional<Difference> weakLevel(SideBySide look, NodeName primary, InstanceState instance) {
        return undeclared(look, primary, SynchronousCommit.SETTING)
                .filter(level -> !SynchronousCommit.waitsForTheirDisks(level.value()))
                .map(level -> orDeclared(new SettingCause(look, primary, instance)
                        .explain(
                                Difference.of(
                                        look.subject(primary),
                                        DriftKind.WEAK_COMMIT,
                                        FieldPath.of("synchronous"),
                                        PROMISE,
                                        "synchronous_commit = " + level.value() + ": "
                                                + (SynchronousCommit.waitsForStandbys(level.value())
                                                        ? "acknowledged before a standby has them on disk"
                                                        : "acknowledged without any standby")),
                                level)));
    }

    private static Difference orDeclared(Difference explained) {
        return explained.byHand(
                explained.byHand().orElse("take it away there") + "; or declare it under settings, as on");
    }

    private static Optional<Setting> undeclared(SideBySide look, NodeName primary, String name) {
        return look.server(primary)
                .flatMap(server -> server.setting(name))
                .filter(setting -> !look.topology().node(primary).settings().containsKey(name));
    }

    private static Stream<Finding> ofRoles(SideBySide look, NodeName primary) {
        Optional<ServerFacts> server = look.server(primary);
        if (server.filter(facts -> facts.roleSettings().isEmpty()).isPresent()) {
            return Stream.of(new Unseen(
                    look.subject(primary),
                    Problem.of(
                                    DriftProblem.NOT_COMPARED,
                                    primary + ": what roles and databases set synchronous_commit to could not be seen")
                            .about(primary.value())
                            .hint("is the agent older than this pgherder?")));
        }
        return server.stream()
                .flatMap(facts -> WeakCommits.on(facts, look.topology().synchronous()).stream())
                .map(setting -> weakFor(look, primary, setting));
    }

    private static Difference weakFor(SideBySide look, NodeName primary, RoleSetting setting) {
        return Difference.of(
                        look.subject(primary),
                        DriftKind.WEAK_COMMIT,
                        FieldPath.of("synchronous"),
                        PROMISE,
                        "synchronous_commit = " + setting.value() + " for " + setting.scope())
                .because("ALTER " + setting.scope().sql() + " SET synchronous_commit");
    }
}
