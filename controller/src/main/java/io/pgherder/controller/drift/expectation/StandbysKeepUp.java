package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.Shortage;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.pgvalue.Lsn;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.FieldPath;
import java.util.Optional;
import java.util.stream.Stream;

/** Every standby replays what it receives. */
final class StandbysKeepUp implements Expectation {
    @Override
    public Stream<Finding> unmet(SideBySide look) {
        return look.nodes().stream().flatMap(node -> paused(look, node).stream());
    }

    private static Optional<Difference> paused(SideBySide look, NodeName node) {
        return look.server(node)
                .filter(ServerFacts::replayPaused)
                .map(server -> Difference.of(
                        look.subject(node),
                        DriftKind.REPLAY_PAUSED,
                        FieldPath.of("nodes", node),
                        "replays what it receives",
                        "has paused replay"
                                + server.replayed()
                                        .map(Lsn::toString)
                                        .map(at -> " at " + at)
                                        .orElse("")))
                .map(difference -> Shortage.of(look, node)
                        .findFirst()
                        .map(less -> forWantOf(look, node, less, difference))
                        .orElseGet(() -> difference
                                .because("somebody called pg_wal_replay_pause()")
                                .byHand("SELECT pg_wal_replay_resume() goes on")));
    }

    /** To resume it would shut it down. */
    private static Difference forWantOf(SideBySide look, NodeName node, Shortage less, Difference difference) {
        Difference explained = difference.because("its " + less.setting() + " is below that of " + less.upstream());
        return less.isMendedByFile(look, node)
                ? explained
                : explained.byHand("do not resume it, which would shut it down: it goes on once it has restarted with "
                        + less.setting() + " of at least " + less.theirs());
    }
}
