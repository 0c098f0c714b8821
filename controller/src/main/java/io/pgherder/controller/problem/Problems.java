package io.pgherder.controller.problem;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects problems so that they can be reported together. What is found twice is kept once. */
public final class Problems {
    private final Set<Problem> found = new LinkedHashSet<>();

    public void add(Problem problem) {
        found.add(problem);
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** Those without a place first, then file by file as the files came up, each from top to bottom. */
    public List<Problem> inOrder() {
        List<String> files = found.stream()
                .map(Problem::place)
                .flatMap(Optional::stream)
                .map(Place::file)
                .distinct()
                .toList();
        Comparator<Place> topToBottom = Comparator.<Place>comparingInt(place -> files.indexOf(place.file()))
                .thenComparingInt(Place::line)
                .thenComparingInt(Place::column);
        List<Problem> ordered = new ArrayList<>(found);
        ordered.sort(Comparator.comparing(
                (Problem problem) -> problem.place().orElse(null), Comparator.nullsFirst(topToBottom)));
        return ordered;
    }

    /** @throws ProblemsException with all of them, if there is one */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new ProblemsException(inOrder());
        }
    }
}
