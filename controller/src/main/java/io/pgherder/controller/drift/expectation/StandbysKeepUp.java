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
                                                .orElse(""))
                        .because(Shortage.of(look, node)
                                .findFirst()
                                .map(less -> "its " + less.setting() + " is below that of " + less.upstream())
                                .orElse("somebody called pg_wal_replay_pause()"))
                        .byHand("SELECT pg_wal_replay_resume() goes on"));
    }
}
