package io.pgherder.controller.planfile;

import io.pgherder.controller.plan.Plan;
import io.pgherder.controller.plan.Scope;
import io.pgherder.controller.plan.Step;
import io.pgherder.controller.topology.yaml.TopologyFile;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A plan as it was shown.
 *
 * @param topology the topology file as the user named it
 * @param digest of the topology file and all that it extends
 * @param systemIdentifier empty if there was no instance yet
 * @param scope with which it was made, and with which today's plan has to be made to be compared with it
 */
public record SavedPlan(
        String topology,
        String digest,
        String cluster,
        Optional<String> systemIdentifier,
        Scope scope,
        String fingerprint,
        List<SavedStep> steps) {
    public SavedPlan {
        requireNonNull(topology, "topology is null");
        requireNonNull(digest, "digest is null");
        requireNonNull(cluster, "cluster is null");
        requireNonNull(systemIdentifier, "systemIdentifier is null");
        requireNonNull(scope, "scope is null");
        requireNonNull(fingerprint, "fingerprint is null");
        steps = List.copyOf(steps);
    }

    /** A step as it was shown; {@code fingerprint} stands for all that was not. */
    public record SavedStep(
            int number,
            String node,
            String action,
            String words,
            String reason,
            List<Integer> after,
            String impact,
            String fingerprint) {
        public SavedStep {
            requireNonNull(node, "node is null");
            requireNonNull(action, "action is null");
            requireNonNull(words, "words is null");
            requireNonNull(reason, "reason is null");
            after = List.copyOf(after);
            requireNonNull(impact, "impact is null");
            requireNonNull(fingerprint, "fingerprint is null");
        }

        static SavedStep of(Step step) {
            return new SavedStep(
                    step.number(),
                    step.action().node().value(),
                    step.action().verb(),
                    step.action().words(),
                    step.reason().text(),
                    List.copyOf(step.after()),
                    step.action().impact().words(),
                    step.action().fingerprint());
        }
    }

    public static SavedPlan of(TopologyFile file, Plan plan) {
        return new SavedPlan(
                file.displayPath(),
                file.digest(),
                plan.cluster(),
                plan.systemIdentifier().map(Object::toString),
                plan.scope(),
                PlanFingerprint.of(plan),
                plan.steps().stream().map(SavedStep::of).toList());
    }
}
