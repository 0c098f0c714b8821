package io.pgherder.controller.drift;

import io.pgherder.controller.topology.FieldPath;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * One thing that is not as the file says.
 *
 * @param path where the file says it, or says what it follows from
 * @param declared what should be, in a few words: "8MB", "streams from pg1921"
 * @param observed what is
 * @param cause why, as far as that can be told: which file and line decides, who put it there; empty if nobody can tell
 * @param byHand what a person has to do, because no step of a plan does it; empty if a plan closes it
 */
public record Difference(
        Subject subject,
        DriftKind kind,
        FieldPath path,
        String declared,
        String observed,
        Optional<String> cause,
        Optional<String> byHand)
        implements Finding {
    public Difference {
        requireNonNull(subject, "subject is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(path, "path is null");
        requireNonNull(declared, "declared is null");
        requireNonNull(observed, "observed is null");
        requireNonNull(cause, "cause is null");
        requireNonNull(byHand, "byHand is null");
    }

    public static Difference of(Subject subject, DriftKind kind, FieldPath path, String declared, String observed) {
        return new Difference(subject, kind, path, declared, observed, Optional.empty(), Optional.empty());
    }

    /** @param cause one line, no full stop */
    public Difference because(String cause) {
        return because(Optional.of(cause));
    }

    public Difference because(Optional<String> cause) {
        return new Difference(subject, kind, path, declared, observed, cause, byHand);
    }

    /** @param advice one line, no full stop */
    public Difference byHand(String advice) {
        return new Difference(subject, kind, path, declared, observed, cause, Optional.of(advice));
    }

    /** Where a node is named anyway, a path of its own needs no "nodes.pg1922." in front. */
    public String pathBelowSubject() {
        return subject.node()
                .map(node -> "nodes." + node + ".")
                .filter(path.text()::startsWith)
                .map(own -> path.text().substring(own.length()))
                .orElse(path.text());
    }

    /** Whether all that the file declares may be in force nevertheless. */
    public boolean isBesideTheFile() {
        return kind.isBesideTheFile();
    }

    /** All of it but whom it is about. */
    public String inOneLine() {
        return pathBelowSubject() + ": declared " + declared + ", observed " + observed
                + cause.map(why -> "; " + why).orElse("")
                + byHand.map(advice -> "; to do: " + advice).orElse("");
    }
}
