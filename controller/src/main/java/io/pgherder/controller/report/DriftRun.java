package io.pgherder.controller.report;

import io.pgherder.controller.report.DriftOutcome.Fate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * One comparison of all the clusters with their files.
 *
 * @param at when it ended
 * @param elapsed how long it took
 * @param leftOut how many clusters were named whose turn did not come, because {@code --limit} names none of their nodes
 */
public record DriftRun(Instant at, Duration elapsed, List<DriftOutcome> outcomes, int leftOut) {
    public DriftRun {
        requireNonNull(at, "at is null");
        requireNonNull(elapsed, "elapsed is null");
        outcomes = List.copyOf(outcomes);
    }

    /** How many clusters ended so. */
    public long clusters(Fate fate) {
        return outcomes.stream().filter(outcome -> outcome.fate() == fate).count();
    }

    public long differences() {
        return outcomes.stream()
                .filter(DriftOutcome.Compared.class::isInstance)
                .map(DriftOutcome.Compared.class::cast)
                .mapToLong(compared -> compared.report().drift().differences().size())
                .sum();
    }
}
