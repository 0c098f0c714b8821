package io.pgherder.controller.planfile;

import io.pgherder.controller.plan.Plan;
import io.pgherder.controller.planfile.SavedPlan.SavedStep;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.topology.yaml.TopologyFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether a plan that was shown is still the plan. Pure. */
public final class PlanComparison {
    private PlanComparison() {}

    /** Why the saved plan is not carried out; empty if today's plan is the same. */
    public static Optional<Problem> refusal(SavedPlan saved, TopologyFile file, Plan today) {
        if (!saved.cluster().equals(today.cluster())) {
            return Optional.of(Problem.of(PlanFileProblem.OTHER_CLUSTER, "the saved plan is for another cluster")
                    .detail("the plan is for       " + saved.cluster())
                    .detail(file.displayPath() + " is  " + today.cluster())
                    .hint("was it made with \"pgherder plan " + saved.topology() + "\"?"));
        }
        if (!saved.digest().equals(file.digest())) {
            return Optional.of(Problem.of(
                            PlanFileProblem.TOPOLOGY_CHANGED,
                            file.displayPath() + " has been changed since the plan was made")
                    .hint(planAgain(file)));
        }
        return moved(saved, SavedPlan.of(file, today)).map(problem -> problem.hint(planAgain(file)));
    }

    /** How today's plan differs from the saved one, if it does. */
    private static Optional<Problem> moved(SavedPlan saved, SavedPlan today) {
        if (saved.fingerprint().equals(today.fingerprint())) {
            return Optional.empty();
        }
        Problem problem = Problem.of(
                PlanFileProblem.CLUSTER_MOVED,
                "the cluster has moved since the plan was made: it is carried out no more");
        if (!saved.systemIdentifier().equals(today.systemIdentifier())) {
            problem = problem.detail("system    was " + saved.systemIdentifier().orElse("new") + ", is "
                    + today.systemIdentifier().orElse("new"));
        }
        for (String difference : differences(saved.steps(), today.steps())) {
            problem = problem.detail(difference);
        }
        return Optional.of(problem);
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

    private static String planAgain(TopologyFile file) {
        return "look at today's plan: pgherder plan " + file.displayPath();
    }
}
