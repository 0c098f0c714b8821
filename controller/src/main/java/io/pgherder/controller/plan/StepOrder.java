package io.pgherder.controller.plan;

import io.pgherder.controller.problem.Problem;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Puts proposed steps in order. A step waits for every step that makes what it needs; what is needed must be made by a step or already
 * be true. It waits too for those that make what it prefers, in the order of the rules, unless these wait for it. Of all dependencies
 * only the direct ones are kept: what follows from others is not said twice. Steps are numbered by how much comes before them, and in the
 * order of the rules among equals, so the same situation always gives the same plan.
 */
final class StepOrder {
    private final List<ProposedStep> proposed;
    private final Situation situation;
    private final List<Problem> problems = new ArrayList<>();

    private StepOrder(List<ProposedStep> proposed, Situation situation) {
        this.proposed = proposed;
        this.situation = situation;
    }

    /** Either steps or problems. */
    record Ordered(List<Step> steps, List<Problem> problems) {}

    /** @param attachTo for those proposed steps that an agent is already carrying out, the operation */
    static Ordered of(List<ProposedStep> proposed, Situation situation, Map<ProposedStep, String> attachTo) {
        return new StepOrder(proposed, situation).arrange(attachTo);
    }

    private Ordered arrange(Map<ProposedStep, String> attachTo) {
        Map<Condition, BitSet> makers = makers();
        List<BitSet> waitsFor = dependencies(makers);
        addPreferences(makers, waitsFor);
        int[] level = levels(waitsFor);
        if (!problems.isEmpty()) {
            return new Ordered(List.of(), problems);
        }
        List<BitSet> direct = directOnly(waitsFor, level);
        List<Integer> order = IntStream.range(0, proposed.size())
                .boxed()
                .sorted(Comparator.comparing(index -> level[index]))
                .toList();
        return new Ordered(numbered(order, direct, attachTo), List.of());
    }

    private Map<Condition, BitSet> makers() {
        Map<Condition, BitSet> makers = new HashMap<>();
        for (int index = 0; index < proposed.size(); index++) {
            for (Condition made : proposed.get(index).action().makes()) {
                makers.computeIfAbsent(made, condition -> new BitSet()).set(index);
            }
        }
        return makers;
    }

    private List<BitSet> dependencies(Map<Condition, BitSet> makers) {
        List<BitSet> waitsFor = new ArrayList<>();
        for (int index = 0; index < proposed.size(); index++) {
            waitsFor.add(dependenciesOf(index, makers));
        }
        return waitsFor;
    }

    private void addPreferences(Map<Condition, BitSet> makers, List<BitSet> waitsFor) {
        for (int index = 0; index < proposed.size(); index++) {
            int step = index;
            for (Condition preferred : proposed.get(step).prefers()) {
                makers.getOrDefault(preferred, new BitSet()).stream()
                        .filter(maker -> !allBefore(maker, waitsFor).get(step))
                        .forEach(maker -> waitsFor.get(step).set(maker));
            }
        }
    }

    /** The step itself, and all that it waits for, also by way of others. */
    private static BitSet allBefore(int step, List<BitSet> waitsFor) {
        BitSet before = new BitSet();
        before.set(step);
        BitSet fresh = (BitSet) before.clone();
        while (!fresh.isEmpty()) {
            BitSet next = new BitSet();
            fresh.stream().forEach(each -> next.or(waitsFor.get(each)));
            next.andNot(before);
            before.or(next);
            fresh = next;
        }
        return before;
    }

    private BitSet dependenciesOf(int index, Map<Condition, BitSet> makers) {
        BitSet waitsFor = new BitSet();
        for (Condition need : proposed.get(index).needs()) {
            BitSet madeBy = makers.getOrDefault(need, new BitSet());
            waitsFor.or(madeBy);
            if (madeBy.isEmpty() && !need.holdsIn(situation)) {
                problems.add(unmet(proposed.get(index), need));
            }
        }
        return waitsFor;
    }

    private static Problem unmet(ProposedStep step, Condition need) {
        return Problem.of(PlanProblem.UNREACHABLE_CONDITION, "no way is known to make a step possible")
                .about(step.node().value())
                .detail("step: " + step.node() + " " + step.action().words())
                .detail("it needs: " + need.words())
                .hint("this is a defect of pgherder, please report it with the output of status -o json");
    }

    /** How many steps in a row come before each; a circle has no such number and is a problem. */
    private int[] levels(List<BitSet> waitsFor) {
        int[] level = new int[proposed.size()];
        BitSet placed = new BitSet();
        for (int depth = 0; placed.cardinality() < proposed.size(); depth++) {
            BitSet ready = new BitSet();
            for (int index = placed.nextClearBit(0); index < proposed.size(); index = placed.nextClearBit(index + 1)) {
                if (containsAll(placed, waitsFor.get(index))) {
                    ready.set(index);
                    level[index] = depth;
                }
            }
            if (ready.isEmpty()) {
                problems.add(circle(placed));
                return level;
            }
            placed.or(ready);
        }
        return level;
    }

    private static boolean containsAll(BitSet all, BitSet some) {
        BitSet missing = (BitSet) some.clone();
        missing.andNot(all);
        return missing.isEmpty();
    }

    private Problem circle(BitSet placed) {
        Problem problem = Problem.of(PlanProblem.CIRCLE, "steps would wait for each other in a circle");
        for (int index = placed.nextClearBit(0); index < proposed.size(); index = placed.nextClearBit(index + 1)) {
            ProposedStep step = proposed.get(index);
            problem = problem.detail(step.node() + " " + step.action().words());
        }
        return problem.hint("does clone.from of two nodes name each other?");
    }

    private static List<BitSet> directOnly(List<BitSet> waitsFor, int[] level) {
        List<BitSet> before = new ArrayList<>(
                waitsFor.stream().map(dependencies -> new BitSet()).toList());
        List<BitSet> direct = new ArrayList<>(before);
        IntStream.range(0, level.length)
                .boxed()
                .sorted(Comparator.comparing(index -> level[index]))
                .forEach(index -> {
                    BitSet dependencies = waitsFor.get(index);
                    BitSet implied = new BitSet();
                    dependencies.stream().forEach(each -> implied.or(before.get(each)));
                    BitSet kept = (BitSet) dependencies.clone();
                    kept.andNot(implied);
                    direct.set(index, kept);
                    implied.or(dependencies);
                    before.set(index, implied);
                });
        return direct;
    }

    private List<Step> numbered(List<Integer> order, List<BitSet> direct, Map<ProposedStep, String> attachTo) {
        Map<Integer, Integer> numbers = new HashMap<>();
        order.forEach(index -> numbers.put(index, numbers.size() + 1));
        return order.stream()
                .map(index -> {
                    ProposedStep step = proposed.get(index);
                    SortedSet<Integer> after = direct.get(index).stream()
                            .mapToObj(earlier -> numbers.getOrDefault(earlier, 0))
                            .collect(Collectors.toCollection(TreeSet::new));
                    Optional<String> running = Optional.ofNullable(attachTo.get(step));
                    return new Step(numbers.getOrDefault(index, 0), step.action(), step.reason(), after, running);
                })
                .toList();
    }
}
