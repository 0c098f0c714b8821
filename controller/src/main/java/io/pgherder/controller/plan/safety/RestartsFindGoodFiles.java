package io.pgherder.controller.plan.safety;

import io.pgherder.controller.drift.HbaDrift;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.RestartOrder;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A server does not start with a broken line in pg_hba.conf or in a settings file, while a running one passes over the file; so none restarts before
 * all that restart can read theirs, and none that is down is started before. What a step before that mends is no reason to refuse.
 *
 * @see <a href="https://www.postgresql.org/docs/15/auth-pg-hba-conf.html">pg_hba.conf</a>
 */
final class RestartsFindGoodFiles implements SafetyCheck {
    @Override
    public List<Problem> problems(Situation situation) {
        return Stream.concat(restarts(situation), starts(situation))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Stream<Optional<Problem>> restarts(Situation situation) {
        return RestartOrder.restarting(situation).stream()
                .sorted()
                .flatMap(node -> situation.instance(node).stream()
                        .flatMap(instance -> instance.server().stream()
                                .flatMap(server -> Stream.of(
                                        hba(situation, node, instance, server),
                                        BrokenFiles.settings(
                                                situation, node, instance, node + " would not start again")))));
    }

    /** Of those that do not run. */
    private static Stream<Optional<Problem>> starts(Situation situation) {
        return situation.nodes().stream()
                .filter(node -> situation.isInstalled(node) && !situation.runs(node))
                .flatMap(node -> situation.instance(node).stream()
                        .map(instance -> BrokenFiles.settings(situation, node, instance, node + " would not start")));
    }

    private static Optional<Problem> hba(
            Situation situation, NodeName node, InstanceState instance, ServerFacts server) {
        boolean isDeclared = situation.topology().hba().isPresent();
        return isDeclared && !HbaDrift.isAsDeclared(situation.topology(), instance)
                ? Optional.empty()
                : BrokenFiles.problem(
                                node,
                                node + " would not start again: errors in its pg_hba.conf",
                                server.hbaErrors().told())
                        .map(problem -> problem.hint(
                                isDeclared
                                        ? "correct the rule where it is declared, or what it names, then run the same command"
                                                + " again"
                                        : "correct it: the file declares no hba, so pg_hba.conf is not pgherder's; then run"
                                                + " the same command again"));
    }
}
