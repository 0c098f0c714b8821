package io.pgherder.controller.report;

import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.Measured;
import io.pgherder.controller.drift.Subject;
import io.pgherder.controller.problem.Place;
import io.pgherder.controller.report.DriftChange.Cluster;
import io.pgherder.controller.topology.FieldPath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import static java.util.Objects.requireNonNull;

/** The differences that are known of one cluster, each as it was last seen. */
record KnownDifferences(List<Known> all) {
    static final KnownDifferences NONE = new KnownDifferences(List.of());

    /** Several differences may be the same one by what identifies them, such as slots that nobody uses: the most alike are matched first. */
    private static final List<BiPredicate<Difference, Difference>> MOST_ALIKE_FIRST = List.of(
            KnownDifferences::isUnchanged, (one, other) -> observed(one).equals(observed(other)), (one, other) -> true);

    KnownDifferences {
        all = List.copyOf(all);
    }

    /**
     * A difference when it was last seen.
     *
     * @param hidden what could not be seen of the cluster then
     */
    record Known(Difference difference, Optional<Place> place, Set<Hidden> hidden) {
        Known {
            requireNonNull(difference, "difference is null");
            requireNonNull(place, "place is null");
            hidden = Set.copyOf(hidden);
        }
    }

    /** Two differences are the same one, whatever is observed, and why. */
    private record Identity(Subject subject, DriftKind kind, FieldPath path, String declared) {
        static Identity of(Difference difference) {
            return new Identity(difference.subject(), difference.kind(), difference.path(), difference.declared());
        }
    }

    /** @param told receives what is new: first what vanished */
    KnownDifferences then(Cluster cluster, DriftReport now, Consumer<DriftChange> told) {
        Set<Hidden> hidden = Hidden.all(now.hidden());
        Map<Difference, Known> matched = match(now.drift().differences());
        Set<Known> seenAgain = Collections.newSetFromMap(new IdentityHashMap<>());
        seenAgain.addAll(matched.values());
        List<Known> after = new ArrayList<>();
        for (Known known : all) {
            if (seenAgain.contains(known)) {
                continue;
            }
            if (mayBeHidden(known, hidden)) {
                after.add(known);
            } else {
                told.accept(change(DriftEvent.DIFFERENCE_VANISHED, cluster, known, Optional.empty()));
            }
        }
        for (Difference difference : now.drift().differences()) {
            Known seen = new Known(difference, now.look().file().placeOf(difference.path()), hidden);
            after.add(seen);
            Known before = matched.get(difference);
            if (before == null) {
                told.accept(change(DriftEvent.DIFFERENCE_APPEARED, cluster, seen, Optional.empty()));
            } else if (!isUnchanged(before.difference(), difference)) {
                told.accept(change(DriftEvent.DIFFERENCE_CHANGED, cluster, seen, Optional.of(before.difference())));
            }
        }
        return new KnownDifferences(after);
    }

    /**
     * Nodes are compared with each other, too: a second primary of which the agent is silent makes of several primaries none. So what hides
     * anywhere in the cluster, and did not when the difference was seen, may hide it.
     */
    private static boolean mayBeHidden(Known known, Set<Hidden> now) {
        return !known.hidden().containsAll(now);
    }

    private Map<Difference, Known> match(List<Difference> differences) {
        Map<Identity, List<Known>> left = all.stream()
                .collect(Collectors.groupingBy(
                        known -> Identity.of(known.difference()), Collectors.toCollection(ArrayList::new)));
        Map<Difference, Known> matched = new LinkedHashMap<>();
        for (BiPredicate<Difference, Difference> alike : MOST_ALIKE_FIRST) {
            for (Difference difference : differences) {
                List<Known> same = left.getOrDefault(Identity.of(difference), List.of());
                if (!matched.containsKey(difference)) {
                    same.stream()
                            .filter(known -> alike.test(known.difference(), difference))
                            .findFirst()
                            .ifPresent(known -> {
                                matched.put(difference, known);
                                same.remove(known);
                            });
                }
            }
        }
        return matched;
    }

    private static boolean isUnchanged(Difference before, Difference now) {
        return observed(before).equals(observed(now)) && cause(before).equals(cause(now));
    }

    private static String observed(Difference difference) {
        return unmeasured(difference, difference.observed());
    }

    private static Optional<String> cause(Difference difference) {
        return difference.cause().map(cause -> unmeasured(difference, cause));
    }

    private static String unmeasured(Difference difference, String text) {
        return difference.kind().isMeasured() ? Measured.masked(text) : text;
    }

    private static DriftChange change(DriftEvent event, Cluster cluster, Known known, Optional<Difference> before) {
        return new DriftChange.OfDifference(event, cluster, known.difference(), known.place(), before);
    }
}
