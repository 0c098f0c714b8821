package io.pgherder.controller.it.drift;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.pgherder.controller.drift.DriftKind;
import java.util.Locale;
import java.util.Optional;

/**
 * A difference as {@code drift -o json} is to tell it. The texts are literal but for places: {@code {n2}} is the data directory of n2,
 * {@code {written}} who wrote a file and when; see {@link Places}.
 *
 * @param subject a node, or a host
 */
public record Told(
        String subject,
        DriftKind kind,
        String path,
        String declared,
        String observed,
        Optional<String> cause,
        Optional<String> byHand) {
    public static Told of(String subject, DriftKind kind, String path, String declared, String observed) {
        return new Told(subject, kind, path, declared, observed, Optional.empty(), Optional.empty());
    }

    /** About a setting of a node. */
    public static Told setting(String node, DriftKind kind, String name, String declared, String observed) {
        return of(node, kind, "nodes." + node + ".settings." + name, declared, observed);
    }

    public Told because(String text) {
        return new Told(subject, kind, path, declared, observed, Optional.of(text), byHand);
    }

    public Told byHand(String text) {
        return new Told(subject, kind, path, declared, observed, cause, Optional.of(text));
    }

    boolean is(JsonObject difference, Places places) {
        return text(difference, "node")
                        .or(() -> text(difference, "host"))
                        .filter(subject::equals)
                        .isPresent()
                && text(difference, "kind").filter(kind.word()::equals).isPresent()
                && text(difference, "path").filter(path::equals).isPresent()
                && isSame(Optional.of(declared), difference, "declared", places)
                && isSame(Optional.of(observed), difference, "observed", places)
                && isSame(cause, difference, "cause", places)
                && isSame(byHand, difference, "by_hand", places);
    }

    private static boolean isSame(Optional<String> expected, JsonObject difference, String field, Places places) {
        Optional<String> found = text(difference, field);
        return expected.map(text ->
                        found.filter(places.pattern(text).asMatchPredicate()).isPresent())
                .orElse(found.isEmpty());
    }

    private static Optional<String> text(JsonObject object, String field) {
        return Optional.of(object.get(field))
                .filter(value -> !value.isJsonNull())
                .map(JsonElement::getAsString);
    }

    @Override
    public String toString() {
        return subject + " " + kind.word() + " " + path + "\n    declared " + declared + "\n    observed " + observed
                + cause.map(why -> "\n    because " + why).orElse("")
                + byHand.map(advice -> "\n    by hand " + advice).orElse("");
    }

    /** In the same form, to be read beside it. */
    static String found(JsonObject difference) {
        return new Told(
                        text(difference, "node")
                                .or(() -> text(difference, "host"))
                                .orElseThrow(),
                        DriftKind.valueOf(difference.get("kind").getAsString().toUpperCase(Locale.ROOT)),
                        difference.get("path").getAsString(),
                        difference.get("declared").getAsString(),
                        difference.get("observed").getAsString(),
                        text(difference, "cause"),
                        text(difference, "by_hand"))
                .toString();
    }
}
