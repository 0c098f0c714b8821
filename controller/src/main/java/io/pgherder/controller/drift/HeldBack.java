package io.pgherder.controller.drift;

import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.RefusedSettings;
import io.pgherder.controller.observation.RefusedSettings.Refused;
import io.pgherder.controller.pgvalue.NodeName;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Settings with which a server did not start, so that it runs with what it had before: its files differ from the topology although nobody has
 * changed either. What is declared otherwise by now is not among them.
 */
public record HeldBack(SideBySide look, NodeName node) {
    public HeldBack {
        requireNonNull(look, "look is null");
        requireNonNull(node, "node is null");
    }

    /** Why it does not have this one; empty if it is not held back. */
    public Optional<String> why(String name) {
        return refused()
                .flatMap(refused -> refused.setting(name)
                        .filter(this::wouldComeAgain)
                        .map(each -> "the server did not start with " + words(each) + " and runs as before since "
                                + Origins.minute(refused.at()) + ": " + refused.why()));
    }

    /** What the next start or restart tries again: "shared_buffers = '900GB'"; none if nothing is held back. */
    public List<String> triedAgain() {
        return refused().stream()
                .flatMap(refused -> refused.settings().stream())
                .filter(this::wouldComeAgain)
                .map(each -> each.value()
                        .map(value -> each.name() + " = '" + value + "'" + elsewhere(each))
                        .orElse("no " + each.name()))
                .toList();
    }

    /** When and why it did not start with them. */
    public Optional<RefusedSettings> refused() {
        return look.instance(node).flatMap(InstanceState::refused);
    }

    private static String words(Refused each) {
        return each.value().map(value -> value + elsewhere(each)).orElse("the default");
    }

    private static String elsewhere(Refused each) {
        return each.place().contains("/pgherder.conf:") ? "" : " from " + each.place();
    }

    /** Where the topology leaves it alone, whoever has written it elsewhere decides. */
    private boolean wouldComeAgain(Refused each) {
        String declared = look.writtenOn(node).get(each.name());
        return declared == null
                || each.value()
                        .filter(value -> new DeclaredValue(each.name(), declared)
                                .isWritten(value, look.server(node).flatMap(server -> server.setting(each.name()))))
                        .isPresent();
    }
}
