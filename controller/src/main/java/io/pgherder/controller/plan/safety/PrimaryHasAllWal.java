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
        Map<String, String> ahead = new LinkedHashMap<>();
        server.walSenders().stream()
                .filter(WalSender::isAhead)
                .forEach(sender -> ahead.put(
                        sender.applicationName(),
                        " streams from it, and has "
                                + sender.flushed().map(Lsn::toString).orElse("more")));
        for (NodeName standby : situation.standbys()) {
            cannotBeServed(situation, standby, server)
                    .ifPresent(reached -> ahead.put(
                            standby.value(), " does not stream, and has " + reached + " on the same timeline"));
        }
        return problem(
                situation.primary(),
                ahead,
                situation.primary() + " runs, and has written to "
                        + server.flushed().map(Lsn::toString).orElse("where it does not say")
                        + "; what it writes after that is another history than theirs");
    }

    /**
     * How far a standby has come whose WAL file the primary has not begun: it asks for WAL from the beginning of its file, and is refused. One
     * that receives WAL may have got that since the primary was looked at.
     */
    private static Optional<Lsn> cannotBeServed(Situation situation, NodeName standby, ServerFacts primary) {
        boolean receives =
                situation.server(standby).flatMap(ServerFacts::walReceiver).isPresent();
        return situation
                .farthestOnTimelineOf(situation.primary(), standby)
                .filter(reached -> !receives)
                .filter(reached -> primary.flushed()
                        .filter(end -> beginOfFile(reached, primary) > end.position())
                        .isPresent());
    }

    private static long beginOfFile(Lsn position, ServerFacts server) {
        return position.position() - position.position() % server.walSegmentBytes();
    }

    private static Optional<Problem> stopped(Situation situation, ControlFile control) {
        NodeName primary = situation.primary();
        Map<String, String> ahead = new LinkedHashMap<>();
        for (NodeName standby : situation.standbys()) {
            situation
                    .farthestOnTimelineOf(primary, standby)
                    .filter(reached -> reached.bytesAheadOf(control.checkpoint()) > SHUTDOWN_RECORD_BYTES)
                    .ifPresent(reached -> ahead.put(standby.value(), " has " + reached + " on the same timeline"));
        }
        return problem(
                primary,
                ahead,
                primary + " was shut down at " + control.checkpoint() + " on timeline " + control.timeline());
    }

    /** @param ahead names of standbys, each with the rest of a sentence about it */
    private static Optional<Problem> problem(NodeName primary, Map<String, String> ahead, String has) {
        String hint = "was " + primary
                + " restored from an older copy? What its standbys have more was acknowledged: to keep that, stop "
                + primary + " and promote the one that has most. To keep " + primary
                + " as it is, move the data and WAL directories of its standbys away: they are cloned again";
        if (ahead.isEmpty()) {
            return Optional.empty();
        }
        Problem problem = Problem.of(
                        PlanProblem.LACKS_WAL,
                        primary + " lacks WAL that " + String.join(", ", ahead.keySet())
                                + (ahead.size() == 1 ? " has" : " have"))
                .about(primary.value())
                .detail(has);
        for (Map.Entry<String, String> standby : ahead.entrySet()) {
            problem = problem.detail(standby.getKey() + standby.getValue());
        }
        return Optional.of(problem.hint(hint));
    }
}
