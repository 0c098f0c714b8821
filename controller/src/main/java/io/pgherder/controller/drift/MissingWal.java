package io.pgherder.controller.drift;

import io.pgherder.controller.observation.ControlFile;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.WalSender;
import io.pgherder.controller.pgvalue.Lsn;
import io.pgherder.controller.pgvalue.NodeName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * WAL that a standby has on the primary's timeline and the primary has not, although the standby got it from there: the primary is an older
 * copy, or has lost what it had acknowledged. What it writes goes another way, and its standbys confirm it with what they had before.
 *
 * @param primary who should have it
 * @param has how far the primary has come, as a sentence: "pg1 was shut down at 0/3000028 on timeline 1"
 * @param ahead names of standbys, each with the rest of a sentence about it: " has 0/5000000 on the same timeline"
 */
public record MissingWal(NodeName primary, String has, Map<String, String> ahead) {
    /** More than the record of a shutdown, which is all that follows the position that the control file has after one. */
    private static final long SHUTDOWN_RECORD_BYTES = 1024;

    public MissingWal {
        requireNonNull(primary, "primary is null");
        requireNonNull(has, "has is null");
        ahead = Collections.unmodifiableMap(new LinkedHashMap<>(ahead));
    }

    /** Of the declared primary, running as that or shut down; empty if it lacks nothing that is seen. */
    public static Optional<MissingWal> of(SideBySide look) {
        NodeName primary = look.primary();
        Optional<MissingWal> found = look.server(primary)
                .filter(server -> !server.inRecovery())
                .map(server -> running(look, server))
                .or(() -> look.instance(primary)
                        .flatMap(InstanceState::control)
                        .filter(ControlFile::isOfAPrimaryShutDown)
                        .map(control -> stopped(look, control)));
        return found.filter(missing -> !missing.ahead().isEmpty());
    }

    private static MissingWal running(SideBySide look, ServerFacts server) {
        NodeName primary = look.primary();
        Map<String, String> ahead = new LinkedHashMap<>();
        server.walSenders().stream()
                .filter(WalSender::isAhead)
                .forEach(sender -> ahead.put(
                        sender.applicationName(),
                        " streams from it, and has "
                                + sender.flushed().map(Lsn::toString).orElse("more")));
        for (NodeName standby : look.standbys()) {
            cannotBeServed(look, standby, server)
                    .ifPresent(reached -> ahead.put(
                            standby.value(), " does not stream, and has " + reached + " on the same timeline"));
        }
        return new MissingWal(
                primary,
                primary + " runs, and has written to "
                        + server.flushed().map(Lsn::toString).orElse("where it does not say")
                        + "; what it writes after that is another history than theirs",
                ahead);
    }

    /**
     * How far a standby has come whose WAL file the primary has not begun: it asks for WAL from the beginning of its file, and is refused. One
     * that receives WAL may have got that since the primary was looked at.
     */
    private static Optional<Lsn> cannotBeServed(SideBySide look, NodeName standby, ServerFacts primary) {
        boolean receives =
                look.server(standby).flatMap(ServerFacts::walReceiver).isPresent();
        return look.farthestOnTimelineOf(look.primary(), standby)
                .filter(reached -> !receives)
                .filter(reached -> primary.flushed()
                        .filter(end -> beginOfFile(reached, primary) > end.position())
                        .isPresent());
    }

    private static long beginOfFile(Lsn position, ServerFacts server) {
        return position.position() - position.position() % server.walSegmentBytes();
    }

    private static MissingWal stopped(SideBySide look, ControlFile control) {
        NodeName primary = look.primary();
        Map<String, String> ahead = new LinkedHashMap<>();
        for (NodeName standby : look.standbys()) {
            look.farthestOnTimelineOf(primary, standby)
                    .filter(reached -> reached.bytesAheadOf(control.checkpoint()) > SHUTDOWN_RECORD_BYTES)
                    .ifPresent(reached -> ahead.put(standby.value(), " has " + reached + " on the same timeline"));
        }
        return new MissingWal(
                primary,
                primary + " was shut down at " + control.checkpoint() + " on timeline " + control.timeline(),
                ahead);
    }

    /** What a person may do about it. */
    public String advice() {
        return "was " + primary
                + " restored from an older copy? What its standbys have more was acknowledged: to keep that, stop "
                + primary + " and promote the one that has most. To keep " + primary
                + " as it is, stop its standbys and move their data and WAL directories away: they are cloned again";
    }
}
