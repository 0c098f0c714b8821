package io.pgherder.controller.planfile;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Impact;
import io.pgherder.controller.plan.Plan;
import io.pgherder.controller.plan.Step;
import io.pgherder.controller.plan.action.InitPrimary;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells a cluster that has moved from one in which nothing happened but what was shown: steps that agents were carrying out already when
 * the plan was made end by themselves while somebody thinks or waits for the lock. Pure.
 */
public final class EndedMeanwhile {
    /** A step whatever its number. */
    private record Deed(NodeName node, String fingerprint, Impact impact) {
        static Deed of(Step step) {
            return new Deed(
                    step.action().node(),
                    step.action().fingerprint(),
                    step.action().impact());
        }
    }

    private EndedMeanwhile() {}

    /**
     * The steps of the plan shown that ran already then and have ended since.
     *
     * @return empty unless the plan of now is exactly what they leave of the one shown: the same steps, each after the same others and at
     *     the same impact
     */
    public static List<Step> steps(Plan shown, Plan now) {
        Map<Deed, Set<Deed>> left = deeds(now);
        List<Step> ended = shown.steps().stream()
                .filter(step -> step.attachTo().isPresent() && !left.containsKey(Deed.of(step)))
                .toList();
        return isSameSystem(shown, now, ended) && left.equals(without(ended, shown)) ? ended : List.of();
    }

    private static boolean isSameSystem(Plan shown, Plan now, List<Step> ended) {
        boolean isMade = shown.systemIdentifier().isEmpty()
                && ended.stream().anyMatch(step -> step.action() instanceof InitPrimary);
        return isMade || shown.systemIdentifier().equals(now.systemIdentifier());
    }

    private static Map<Deed, Set<Deed>> without(List<Step> ended, Plan shown) {
        Map<Deed, Set<Deed>> left = deeds(shown);
        ended.stream().map(Deed::of).forEach(deed -> {
            left.remove(deed);
            left.values().forEach(before -> before.remove(deed));
        });
        return left;
    }

    /** Each with all that come before it, directly or not. */
    private static Map<Deed, Set<Deed>> deeds(Plan plan) {
        Map<Deed, Set<Deed>> deeds = new HashMap<>();
        for (Step step : plan.steps()) {
            Set<Deed> before = new HashSet<>();
            for (int number : step.after()) {
                Deed direct = Deed.of(plan.steps().get(number - 1));
                before.add(direct);
                before.addAll(deeds.getOrDefault(direct, Set.of()));
            }
            deeds.put(Deed.of(step), before);
        }
        return deeds;
    }
}
