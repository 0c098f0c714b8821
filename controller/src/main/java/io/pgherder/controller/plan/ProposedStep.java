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
 * @param prefers what it also waits for where nothing that comes before that waits for this step
 */
public record ProposedStep(Action action, Reason reason, Set<Condition> alsoNeeds, Set<Condition> prefers) {
    public ProposedStep {
        requireNonNull(action, "action is null");
        requireNonNull(reason, "reason is null");
        alsoNeeds = Set.copyOf(alsoNeeds);
        prefers = Set.copyOf(prefers);
    }

    public static ProposedStep of(Action action, Reason reason) {
        return new ProposedStep(action, reason, Set.of(), Set.of());
    }

    public ProposedStep alsoNeeding(Condition condition) {
        return alsoNeeding(Set.of(condition));
    }

    public ProposedStep alsoNeeding(Set<? extends Condition> conditions) {
        return new ProposedStep(action, reason, union(alsoNeeds, conditions), prefers);
    }

    /** Unlike a need it never keeps the step out of a plan: it yields where it would close a circle, and to a limit. */
    public ProposedStep preferring(Set<? extends Condition> conditions) {
        return new ProposedStep(action, reason, alsoNeeds, union(prefers, conditions));
    }

    public Set<Condition> needs() {
        return union(action.needs(), alsoNeeds);
    }

    public NodeName node() {
        return action.node();
    }

    private static Set<Condition> union(Set<Condition> some, Set<? extends Condition> more) {
        Set<Condition> all = new LinkedHashSet<>(some);
        all.addAll(more);
        return all;
    }
}
