package io.pgherder.controller.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * One thing that is wrong.
 *
 * @param code stable name, documented in docs/problems.md
 * @param summary one line, lower case, no full stop: "could not clone pg3 from pg1"
 * @param details facts with values, one a line
 * @param hint a sentence or question that suggests the next command; empty if there is nothing to suggest
 * @param subject what it is about: a path in the topology file ("nodes.pg4.follows") or a node; empty for the whole
 * @param place where in a file
 * @param toolOutput the last lines of the failing program's own error output
 */
public record Problem(
        String code,
        String summary,
        List<String> details,
        String hint,
        String subject,
        Optional<Place> place,
        List<String> toolOutput) {
    public Problem {
        requireNonNull(code, "code is null");
        requireNonNull(summary, "summary is null");
        requireNonNull(hint, "hint is null");
        requireNonNull(subject, "subject is null");
        requireNonNull(place, "place is null");
        details = List.copyOf(details);
        toolOutput = List.copyOf(toolOutput);
        if (summary.isBlank()) {
            throw new IllegalArgumentException("a problem needs a summary: " + code);
        }
    }

    public static Problem of(ProblemCode code, String summary) {
        return of(code.id(), summary);
    }

    /** For problems that come from elsewhere with their code, such as an agent's. */
    public static Problem of(String code, String summary) {
        return new Problem(code, summary, List.of(), "", "", Optional.empty(), List.of());
    }

    public Problem about(String subject) {
        return new Problem(code, summary, details, hint, subject, place, toolOutput);
    }

    public Problem at(Place place) {
        return new Problem(code, summary, details, hint, subject, Optional.of(place), toolOutput);
    }

    public Problem detail(String fact) {
        return details(List.of(fact));
    }

    public Problem details(List<String> facts) {
        List<String> more = new ArrayList<>(details);
        more.addAll(facts);
        return new Problem(code, summary, more, hint, subject, place, toolOutput);
    }

    public Problem hint(String hint) {
        return new Problem(code, summary, details, hint, subject, place, toolOutput);
    }

    public Problem toolOutput(List<String> lastLines) {
        return new Problem(code, summary, details, hint, subject, place, lastLines);
    }
}
