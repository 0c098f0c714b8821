package io.pgherder.controller.report;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Impact;
import io.pgherder.controller.plan.Step;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the steps of a plan cost those who use the cluster. A node that is only being made has no users yet: what happens to it is no
 * impact.
 */
public final class PlanImpact {
    private final List<Step> steps;
    private final Set<NodeName> made;

    public PlanImpact(PlanReport report) {
        steps = report.plan().steps();
        made = report.changes().stream()
                .filter(change -> change.kind() == NodeChange.Kind.CREATE)
                .map(NodeChange::node)
                .collect(Collectors.toSet());
    }

    public Impact of(Step step) {
        return made.contains(step.action().node()) ? Impact.NONE : step.action().impact();
    }

    public Impact worst() {
        return steps.stream().map(this::of).max(Comparator.naturalOrder()).orElse(Impact.NONE);
    }

    /** The nodes that this happens to, each once, in the order of the steps. */
    public List<String> nodesWith(Impact impact) {
        return steps.stream()
                .filter(step -> of(step) == impact)
                .map(step -> step.action().node().value())
                .distinct()
                .toList();
    }
}
