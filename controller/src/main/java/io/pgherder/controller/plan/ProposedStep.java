package io.pgherder.controller.plan;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.action.Action;
import java.util.LinkedHashSet;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * What a rule wants done, before it has its place in the plan.
 *
 * @param alsoNeeds what this step waits for here beside what its action always needs
 */
public record ProposedStep(Action action, Reason reason, Set<Condition> alsoNeeds) {
    public ProposedStep {
        requireNonNull(action, "action is null");
        requireNonNull(reason, "reason is null");
        alsoNeeds = Set.copyOf(alsoNeeds);
    }

    public static ProposedStep of(Action action, Reason reason) {
        return new ProposedStep(action, reason, Set.of());
    }

    public ProposedStep alsoNeeding(Condition condition) {
        return alsoNeeding(Set.of(condition));
    }

    public ProposedStep alsoNeeding(Set<? extends Condition> conditions) {
        Set<Condition> more = new LinkedHashSet<>(alsoNeeds);
        more.addAll(conditions);
        return new ProposedStep(action, reason, more);
    }

    public Set<Condition> needs() {
        Set<Condition> all = new LinkedHashSet<>(action.needs());
        all.addAll(alsoNeeds);
        return all;
    }

    public NodeName node() {
        return action.node();
    }
}
