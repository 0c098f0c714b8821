package io.pgherder.controller.simulation;

import io.pgherder.controller.drift.ClusterDrift;
import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.plan.Plan;
import java.util.List;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** Plan and drift know the same differences: a plan has steps where something differs that no person has to mend, and nowhere else. */
public final class Agreement {
    /** What a person has to do only where the steps fail. */
    private static final String TRIED = "apply tries ";

    private Agreement() {}

    /** @param plan of all that is declared, made of the cluster as it is */
    public static void check(SimulatedCluster cluster, Plan plan) {
        if (plan.isRefused()) {
            return;
        }
        List<Difference> left = leftToPlans(cluster);
        if (plan.isEmpty()) {
            assertThat(left).as("what a plan would have to close, and does not").isEmpty();
        } else {
            assertThat(drift(cluster).differences())
                    .as("a reason for\n" + words(plan))
                    .anyMatch(difference -> difference
                            .byHand()
                            .map(advice -> advice.startsWith(TRIED))
                            .orElse(true));
        }
    }

    /** What differs, and no person has to mend it. */
    public static List<Difference> leftToPlans(SimulatedCluster cluster) {
        return drift(cluster).differences().stream()
                .filter(difference -> difference.byHand().isEmpty())
                .toList();
    }

    public static ClusterDrift drift(SimulatedCluster cluster) {
        return ClusterDrift.of(cluster.topology(), cluster.observe());
    }

    public static String words(Plan plan) {
        return plan.steps().stream()
                .map(step -> step.action().node() + " " + step.action().words() + ", because "
                        + step.reason().text())
                .collect(Collectors.joining("\n"));
    }
}
