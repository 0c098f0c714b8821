package io.pgherder.controller.plan.safety;

import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.plan.RestartOrder;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A primary that a step starts or restarts comes up as that. Its agent refuses to start it with a signal file that says otherwise, but by then
 * its standbys may have restarted.
 */
final class PrimaryComesUpAsPrimary implements SafetyCheck {
    @Override
    public List<Problem> problems(Situation situation) {
        return situation.instance(situation.primary()).stream()
                .flatMap(instance ->
                        Stream.concat(recovers(situation, instance).stream(), isDemoted(situation, instance).stream()))
                .toList();
    }

    private static Optional<Problem> recovers(Situation situation, InstanceState instance) {
        boolean comesUp = !situation.runs(situation.primary()) || restarts(situation);
        return instance.recoverySignal() && comesUp
                ? Optional.of(problem(situation, "recover from an archive", "recovery.signal")
                        .hint("remove the file, unless a recovery is meant; then run the same command again"))
                : Optional.empty();
    }

    /** One that is stopped is a standby then, and that is another question. */
    private static Optional<Problem> isDemoted(Situation situation, InstanceState instance) {
        return instance.standbySignal()
                        && situation.tree().primaries().contains(situation.primary())
                        && restarts(situation)
                ? Optional.of(problem(situation, "come up as a standby", "standby.signal")
                        .hint("remove the file, if it is to stay the primary; then run the same command again"))
                : Optional.empty();
    }

    private static boolean restarts(Situation situation) {
        return RestartOrder.restarting(situation).contains(situation.primary());
    }

    private static Problem problem(Situation situation, String how, String signal) {
        return Problem.of(
                        PreflightProblem.SIGNAL_IN_THE_WAY,
                        situation.primary() + ", the primary, would " + how + " when a step starts it")
                .about(situation.primary().value())
                .detail("there is a " + signal + " in its data directory");
    }
}
