package io.pgherder.controller.planfile;

import io.pgherder.controller.plan.Plan;
import io.pgherder.controller.planfile.SavedPlan.SavedStep;
import io.pgherder.controller.problem.NextCommands;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.topology.yaml.TopologyFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a plan that was shown is still the plan. Pure. One that has come to cost less is another one, too: what is carried out is what
 * was shown, and nobody has to judge what a person would have minded.
 */
public final class PlanComparison {
    private PlanComparison() {}

    /** Why the saved plan is not carried out; empty if today's plan is the same. */
    public static Optional<Problem> refusal(SavedPlan saved, TopologyFile file, Plan today, NextCommands next) {
        String planAgain = "look at today's plan: " + next.of("plan", file.displayPath());
        if (!saved.cluster().equals(today.cluster())) {
            return Optional.of(Problem.of(PlanFileProblem.OTHER_CLUSTER, "the saved plan is for another cluster")
                    .detail("it was made for " + saved.cluster() + ", and " + file.displayPath() + " declares "
                            + today.cluster())
                    .hint("was it made with \"" + next.of("plan", saved.topology()) + "\"?"));
        }
        if (!saved.digest().equals(file.digest())) {
            return Optional.of(Problem.of(
                            PlanFileProblem.TOPOLOGY_CHANGED,
                            file.displayPath() + " has been changed since the plan was made")
                    .hint(planAgain));
        }
        List<String> movements = movements(saved, SavedPlan.of(file, today));
        if (movements.isEmpty()) {
            return Optional.empty();
        }
        Problem problem = Problem.of(
                PlanFileProblem.CLUSTER_CHANGED,
                "the cluster has changed since the plan was made: the plan is not carried out");
        for (String movement : movements) {
            problem = problem.detail(movement);
        }
        return Optional.of(problem.hint(planAgain));
    }

    /** How a later plan for the same file differs from an earlier one, a line each; empty if it does the same at the same cost. */
    public static List<String> movements(SavedPlan saved, SavedPlan today) {
        if (saved.fingerprint().equals(today.fingerprint())) {
            return List.of();
        }
        List<String> movements = new ArrayList<>();
        if (!saved.systemIdentifier().equals(today.systemIdentifier())) {
            movements.add("system    was " + saved.systemIdentifier().orElse("new") + ", is "
                    + today.systemIdentifier().orElse("new"));
        }
        movements.addAll(differences(saved.steps(), today.steps()));
        return movements;
    }

    private static List<String> differences(List<SavedStep> saved, List<SavedStep> today) {
        Map<String, SavedStep> before = byWords(saved);
        Map<String, SavedStep> now = byWords(today);
        List<String> differences = new ArrayList<>();
        before.forEach((words, step) -> {
            SavedStep same = now.get(words);
            if (same == null) {
                differences.add("vanished  " + words);
            } else if (!same.fingerprint().equals(step.fingerprint())) {
                differences.add("changed   " + words);
            } else if (!same.impact().equals(step.impact())) {
                differences.add("impact    " + words + " (was " + step.impact() + ", is now " + same.impact() + ")");
            }
        });
        now.keySet().stream()
                .filter(words -> !before.containsKey(words))
                .forEach(words -> differences.add("appeared  " + words));
        return differences.isEmpty() ? List.of("the same steps are in another order") : differences;
    }

    private static Map<String, SavedStep> byWords(List<SavedStep> steps) {
        Map<String, SavedStep> byWords = new LinkedHashMap<>();
        steps.forEach(step -> byWords.put(step.node() + ": " + step.words(), step));
        return byWords;
    }
}
