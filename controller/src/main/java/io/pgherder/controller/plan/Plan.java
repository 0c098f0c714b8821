package io.pgherder.controller.plan;

import io.pgherder.controller.pgvalue.SystemIdentifier;
import io.pgherder.controller.plan.safety.PreflightProblem;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemCode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * What would be done. Either there are refusals, and then no steps: nothing is carried out in part; or there are steps, none if nothing
 * is to be done.
 *
 * @param systemIdentifier empty while no instance exists
 * @param scope how far the steps go: more may have to be taken, and then a note says so
 * @param notes what a person should know although no step follows from it
 */
public record Plan(
        String cluster,
        Optional<SystemIdentifier> systemIdentifier,
        Scope scope,
        List<Step> steps,
        List<Problem> refusals,
        List<Note> notes) {
    /** Refusals that tell of no difference: not all could be looked at, it is just being changed, or the file is at odds with itself. */
    private static final Set<String> LEAVE_OPEN = Stream.of(
                    PreflightProblem.AGENT_SILENT,
                    PreflightProblem.NODE_UNSEEN,
                    PreflightProblem.AGENT_TOO_OLD,
                    PreflightProblem.CLOCKS_DIFFER,
                    PreflightProblem.INSTANCE_UNCLEAR,
                    PlanProblem.BUSY,
                    PlanProblem.STANDBY_BELOW_PRIMARY)
            .map(ProblemCode::id)
            .collect(Collectors.toUnmodifiableSet());

    public Plan {
        requireNonNull(cluster, "cluster is null");
        requireNonNull(systemIdentifier, "systemIdentifier is null");
        requireNonNull(scope, "scope is null");
        steps = List.copyOf(steps);
        refusals = List.copyOf(refusals);
        notes = List.copyOf(notes);
        if (!refusals.isEmpty() && !steps.isEmpty()) {
            throw new IllegalArgumentException("a refused plan has no steps");
        }
    }

    /** Of all that is declared. */
    public Plan(
            String cluster,
            Optional<SystemIdentifier> systemIdentifier,
            List<Step> steps,
            List<Problem> refusals,
            List<Note> notes) {
        this(cluster, systemIdentifier, Scope.ALL_DECLARED, steps, refusals, notes);
    }

    public boolean isRefused() {
        return !refusals.isEmpty();
    }

    /** Nothing is in the way but what agents are just doing, which ends by itself. */
    public boolean isOnlyBusy() {
        return isRefused()
                && refusals.stream().allMatch(refusal -> refusal.code().equals(PlanProblem.BUSY.id()));
    }

    /** Nothing to do within its limit, and nothing in the way of it. */
    public boolean isEmpty() {
        return steps.isEmpty() && refusals.isEmpty();
    }

    /** Whether everything declared could be compared with what is; if not, refusals or notes say what could not. */
    public boolean sawAll() {
        return refusals.isEmpty() && notes.stream().noneMatch(note -> note.kind() == Note.Kind.UNSEEN);
    }

    /** Whether something was seen not to be as declared: steps change it, or none can, or none is safe. */
    public boolean sawDifference() {
        return !steps.isEmpty()
                || !notAsDeclared().isEmpty()
                || refusals.stream().anyMatch(refusal -> !LEAVE_OPEN.contains(refusal.code()));
    }

    /** What is not as declared, and no step of this plan changes that. */
    public List<Note> notAsDeclared() {
        return notes.stream()
                .filter(note -> note.kind() == Note.Kind.NOT_IN_FORCE || note.kind() == Note.Kind.LEFT_OUT)
                .toList();
    }

    /** Whether something was seen not to be as declared that no step of any plan changes, as what an {@code ALTER SYSTEM} overrides. */
    public boolean needsAPerson() {
        return notes.stream().anyMatch(note -> note.kind() == Note.Kind.NOT_IN_FORCE);
    }

    /** The most severe impact of all steps. */
    public Impact impact() {
        return steps.stream()
                .map(step -> step.action().impact())
                .max(Comparator.naturalOrder())
                .orElse(Impact.NONE);
    }
}
