package io.pgherder.controller.plan.safety;

import io.pgherder.controller.observation.HostObservation;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Times of different hosts are compared by people and by logs; clocks that disagree make both lie. */
final class ClocksAgree implements SafetyCheck {
    private static final Duration TOLERATED = Duration.ofSeconds(2);

    @Override
    public List<Problem> problems(Situation situation) {
        return situation.hosts().stream()
                .filter(HostObservation.Answered.class::isInstance)
                .map(HostObservation.Answered.class::cast)
                .filter(host -> host.clockOffset().abs().compareTo(TOLERATED) > 0)
                .map(ClocksAgree::problem)
                .toList();
    }

    private static Problem problem(HostObservation.Answered host) {
        String seconds =
                String.format(Locale.ROOT, "%.1f s", host.clockOffset().abs().toMillis() / 1000.0);
        return Problem.of(PreflightProblem.CLOCKS_DIFFER, "the clock of " + host.host() + " is off")
                .about(host.host())
                .detail("it is " + seconds + (host.clockOffset().isNegative() ? " behind" : " ahead of")
                        + " this machine's; tolerated: " + TOLERATED.toSeconds() + " s")
                .hint("is time synchronised on both, by chrony or systemd-timesyncd?");
    }
}
