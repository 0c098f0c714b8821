package io.pgherder.controller.plan.safety;

import io.pgherder.controller.drift.UnsafeValue;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.FileEntry;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Limit;
import io.pgherder.controller.plan.ProposedStep;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.plan.action.FollowUpstream;
import io.pgherder.controller.plan.action.ReloadSettings;
import io.pgherder.controller.plan.action.RestartInstance;
import io.pgherder.controller.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * No step is shown that cannot do what it promises: a reload takes nothing of any file while one of them has an error, and a standby whose replay is
 * paused does not turn to another upstream or slot before somebody resumes it. Asked of the steps that are left within the limit; pure.
 */
public final class StepsTakeEffect {
    private StepsTakeEffect() {}

    /** In the order of the steps; none where all can. */
    public static List<Problem> problems(Situation situation, List<ProposedStep> steps) {
        return Stream.of(reloads(situation, steps), follows(situation, steps), unsafe(situation, steps))
                .flatMap(problems -> problems)
                .toList();
    }

    private static Stream<Problem> reloads(Situation situation, List<ProposedStep> steps) {
        return steps.stream()
                .filter(step -> step.action() instanceof ReloadSettings || step.action() instanceof FollowUpstream)
                .map(ProposedStep::node)
                .distinct()
                .filter(node -> situation.server(node).isPresent())
                .flatMap(node -> situation.instance(node).stream()
                        .flatMap(instance -> BrokenFiles.settings(
                                situation, node, instance, node + " would take nothing of any file on a reload")
                                .stream()));
    }

    /** A step that has files read again takes all that stands there, whoever put it there and for whatever it is done. */
    private static Stream<Problem> unsafe(Situation situation, List<ProposedStep> steps) {
        return steps.stream()
                .filter(step -> step.action().readsFilesAgain())
                .map(ProposedStep::node)
                .distinct()
                .flatMap(node -> Stream.of(UnsafeValue.values())
                        .flatMap(value ->
                                value.waiting(situation, node).stream().map(line -> unsafe(node, value, line))));
    }

    private static Problem unsafe(NodeName node, UnsafeValue value, FileEntry line) {
        return Problem.of(
                        PreflightProblem.UNSAFE_VALUE_WAITS,
                        node + " would take " + line.name() + " = " + line.told() + " with a step of this plan: "
                                + value.consequence())
                .about(node.value())
                .detail("it stands in " + line.origin() + ", and is not in force so far")
                .hint(
                        "take it away there, or declare it under settings if it is wanted; then run the same command again");
    }

    private static Stream<Problem> follows(Situation situation, List<ProposedStep> steps) {
        return steps.stream()
                .map(ProposedStep::action)
                .filter(FollowUpstream.class::isInstance)
                .map(FollowUpstream.class::cast)
                .filter(follow -> !restarts(follow.node(), steps))
                .flatMap(follow -> paused(situation, follow).stream());
    }

    /** A pause ends with a restart. */
    private static boolean restarts(NodeName node, List<ProposedStep> steps) {
        return steps.stream().anyMatch(step -> step.node().equals(node) && step.action() instanceof RestartInstance);
    }

    private static Optional<Problem> paused(Situation situation, FollowUpstream follow) {
        return situation
                .server(follow.node())
                .filter(ServerFacts::replayPaused)
                .map(server -> Problem.of(
                                PreflightProblem.REPLAY_PAUSED,
                                follow.node() + " cannot follow "
                                        + follow.upstream().node() + ": its replay is paused")
                        .about(follow.node().value())
                        .detail("a standby does not look where it streams from while it is paused")
                        .hint(
                                "who paused it, and why? When it may go on: SELECT pg_wal_replay_resume() on it, then run the same command"
                                        + " again; or let it be with " + Limit.OPTION + " and the others"));
    }
}
