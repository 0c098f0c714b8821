package io.pgherder.controller.drift;

import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.Setting;
import io.pgherder.controller.observation.ServerFacts.Waiting;
import io.pgherder.controller.pgvalue.NodeName;
import java.util.Optional;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * Settings that the topology leaves alone and somebody has changed in a file, where a running server has not taken the change so far: whoever
 * reloads it next, or restarts it, puts that in force too.
 */
public record ChangedByOthers(SideBySide look, NodeName node) {
    public ChangedByOthers {
        requireNonNull(look, "look is null");
        requireNonNull(node, "node is null");
    }

    /** What a reload takes. */
    public Stream<Waiting> onReload() {
        return all().filter(each -> !needsRestart(each));
    }

    /** What a restart takes: that too, and what waits for one. */
    public Stream<Waiting> all() {
        return look.server(node).stream()
                .flatMap(server -> server.waiting().stream().filter(each -> counts(server, each)));
    }

    private static boolean needsRestart(Waiting each) {
        return each.inForce().context().equals("postmaster");
    }

    private boolean counts(ServerFacts server, Waiting each) {
        Setting inForce = each.inForce();
        boolean isOurs = look.writtenOn(node).keySet().stream().anyMatch(inForce.name()::equalsIgnoreCase)
                || ManagedFile.OWNED.contains(inForce.name());
        // Of what the server has been told of already a drift tells.
        boolean isTold =
                server.setting(inForce.name()).filter(Setting::pendingRestart).isPresent();
        return !isOurs
                && !isTold
                && !new DeclaredValue(inForce.name(), inForce.value())
                        .isWritten(each.line().value(), Optional.of(inForce));
    }
}
