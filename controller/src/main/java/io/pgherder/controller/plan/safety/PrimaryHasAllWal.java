package io.pgherder.controller.plan.safety;

import io.pgherder.controller.observation.ControlFile;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.WalSender;
import io.pgherder.controller.pgvalue.Lsn;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.PlanProblem;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A primary has all the WAL that a standby on its timeline has, because that got it from there. One that has less is an older copy, or has lost
 * what it had acknowledged; what it writes goes another way, and its standbys confirm it with what they had before.
 */
final class PrimaryHasAllWal implements SafetyCheck {
    /** More than the record of a shutdown, which is all that follows the position that the control file has after one. */
    private static final long SHUTDOWN_RECORD_BYTES = 1024;

    @Override
    public List<Problem> problems(Situation situation) {
        NodeName primary = situation.primary();
        return situation
                .server(primary)
                .map(server -> running(situation, server))
                .orElseGet(() -> situation
                        .instance(primary)
                        .flatMap(InstanceState::control)
                        .filter(control -> control.state().equals("shut down"))
                        .flatMap(control -> stopped(situation, control)))
                .stream()
                .toList();
    }

    private static Optional<Problem> running(Situation situation, ServerFacts server) {
        NodeName primary = situation.primary();
        List<WalSender> ahead =
                server.walSenders().stream().filter(WalSender::isAhead).toList();
        return problem(
                primary,
                ahead.stream().map(WalSender::applicationName).toList(),
                primary + " runs, and has written to "
                        + server.flushed().map(Lsn::toString).orElse("where it does not say")
                        + "; its commits are confirmed by what its standbys had before, and are on none of them",
                ahead.stream()
                        .map(sender -> sender.applicationName() + " streams from it, and has "
                                + sender.flushed().map(Lsn::toString).orElse("more"))
                        .toList());
    }

    private static Optional<Problem> stopped(Situation situation, ControlFile control) {
        NodeName primary = situation.primary();
        Map<NodeName, Lsn> ahead = new LinkedHashMap<>();
        for (NodeName standby : situation.standbys()) {
            situation
                    .farthestOnTimelineOf(primary, standby)
                    .filter(reached -> reached.bytesAheadOf(control.checkpoint()) > SHUTDOWN_RECORD_BYTES)
                    .ifPresent(reached -> ahead.put(standby, reached));
        }
        return problem(
                primary,
                ahead.keySet().stream().map(NodeName::value).toList(),
                primary + " was shut down at " + control.checkpoint() + " on timeline " + control.timeline(),
                ahead.entrySet().stream()
                        .map(standby -> standby.getKey() + " has " + standby.getValue() + " on the same timeline")
                        .toList());
    }

    private static Optional<Problem> problem(NodeName primary, List<String> ahead, String has, List<String> theyHave) {
        String hint = "was " + primary
                + " restored from an older copy? What its standbys have more was acknowledged: to keep that, stop "
                + primary + " and promote the one that has most. To keep " + primary
                + " as it is, move the data and WAL directories of its standbys away: they are cloned again";
        if (ahead.isEmpty()) {
            return Optional.empty();
        }
        Problem problem = Problem.of(
                        PlanProblem.LACKS_WAL,
                        primary + " lacks WAL that " + String.join(", ", ahead)
                                + (ahead.size() == 1 ? " has" : " have"))
                .about(primary.value())
                .detail(has);
        for (String one : theyHave) {
            problem = problem.detail(one);
        }
        return Optional.of(problem.hint(hint));
    }
}
