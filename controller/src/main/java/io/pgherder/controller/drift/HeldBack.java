package io.pgherder.controller.drift;

import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.RefusedSettings;
import io.pgherder.controller.observation.RefusedSettings.Refused;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.Secrets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

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
                        .map(each -> "the server did not start with " + words(each) + besides(refused, each) + " at "
                                + Origins.minute(refused.at()) + ", and was started as before: " + refused.why()
                                + (each.isCorrected() ? "; that place has been corrected" : "")));
    }

    /** Which of them it was nobody can tell but the reason. */
    private static String besides(RefusedSettings refused, Refused setting) {
        String others = refused.settings().stream()
                .filter(each -> !each.equals(setting))
                .map(HeldBack::assigned)
                .collect(Collectors.joining(", "));
        return others.isEmpty() ? "" : ", beside " + others + ",";
    }

    /** What the next start or restart tries again: all of it, "shared_buffers = '900GB'"; none if one of them has changed since. */
    public List<String> triedAgain() {
        List<Refused> settings = refused().map(RefusedSettings::settings).orElse(List.of());
        return settings.stream().allMatch(each -> !each.isCorrected() && wouldComeAgain(each))
                ? settings.stream().map(HeldBack::assigned).toList()
                : List.of();
    }

    private static String assigned(Refused each) {
        return each.value()
                .map(value -> each.name() + " = '" + value + "'" + elsewhere(each))
                .orElse("no " + each.name());
    }

    /** When and why it did not start with them. */
    public Optional<RefusedSettings> refused() {
        return look.instance(node).flatMap(InstanceState::refused);
    }

    private static String words(Refused each) {
        return each.value().map(value -> value + elsewhere(each)).orElse("the default");
    }

    private static String elsewhere(Refused each) {
        return isOfPgherder(each) ? "" : " from " + each.place();
    }

    private static boolean isOfPgherder(Refused each) {
        return each.place().isEmpty() || each.place().contains("/pgherder.conf:");
    }

    /** What is declared; where the topology leaves it alone, what somebody else has written. Of a value that is not told nobody knows. */
    private boolean wouldComeAgain(Refused each) {
        String declared = look.writtenOn(node).get(each.name());
        if (each.value().filter(value -> value.contains(Secrets.MASK)).isPresent()) {
            return false;
        }
        return declared == null
                ? !isOfPgherder(each)
                : each.value()
                        .filter(value -> new DeclaredValue(each.name(), declared)
                                .isWritten(value, look.server(node).flatMap(server -> server.setting(each.name()))))
                        .isPresent();
    }
}
