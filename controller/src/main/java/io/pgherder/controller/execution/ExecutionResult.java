package io.pgherder.controller.execution;

import io.pgherder.controller.problem.Problem;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import static java.util.Objects.requireNonNull;

/**
 * How an execution ended; every step's number is in exactly one of the four.
 *
 * @param failed with what went wrong
 * @param cancelled steps that were running when a person asked twice to stop
 * @param skipped steps that were never started
 * @param cutShort why no further steps were started although they could have been; empty if nobody stopped it
 */
public record ExecutionResult(
        SortedSet<Integer> done,
        SortedMap<Integer, Problem> failed,
        SortedMap<Integer, Problem> cancelled,
        SortedSet<Integer> skipped,
        Optional<Problem> cutShort,
        Duration elapsed) {
    public ExecutionResult {
        done = Collections.unmodifiableSortedSet(new TreeSet<>(done));
        failed = Collections.unmodifiableSortedMap(new TreeMap<>(failed));
        cancelled = Collections.unmodifiableSortedMap(new TreeMap<>(cancelled));
        skipped = Collections.unmodifiableSortedSet(new TreeSet<>(skipped));
        requireNonNull(cutShort, "cutShort is null");
        requireNonNull(elapsed, "elapsed is null");
    }

    public boolean isComplete() {
        return failed.isEmpty() && cancelled.isEmpty() && skipped.isEmpty();
    }

    public int steps() {
        return done.size() + failed.size() + cancelled.size() + skipped.size();
    }

    /** Whether an agent was ever asked to change something; a failed step may have done part of its work. */
    public boolean changedSomething() {
        return !done.isEmpty() || !failed.isEmpty() || !cancelled.isEmpty();
    }

    /** What went wrong, in the order of the steps. */
    public List<Problem> problems() {
        return failed.values().stream().toList();
    }
}
