package io.pgherder.controller.plan;

import io.pgherder.controller.plan.action.Action;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

import static java.util.Objects.requireNonNull;

/**
 * One line of a plan.
 *
 * @param number counts from 1, in an order in which the steps could be taken one by one
 * @param after numbers of the steps that must be done before this one starts
 * @param attachTo the operation that already carries this action out at the agent: it is attached to, not started again
 */
public record Step(int number, Action action, Reason reason, SortedSet<Integer> after, Optional<String> attachTo) {
    public Step {
        requireNonNull(action, "action is null");
        requireNonNull(reason, "reason is null");
        requireNonNull(attachTo, "attachTo is null");
        after = Collections.unmodifiableSortedSet(new TreeSet<>(after));
        if (!after.isEmpty() && after.last() >= number) {
            throw new IllegalArgumentException("step " + number + " waits for a later one: " + after);
        }
    }
}
