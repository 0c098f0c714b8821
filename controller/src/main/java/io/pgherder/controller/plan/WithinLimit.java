package io.pgherder.controller.plan;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.problem.Counted;
import io.pgherder.controller.problem.Problem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The proposed steps on the nodes of a limit. None of them may wait for one that is left out, be it for something that is true now and is
 * brought about again, as by a restart: so what is carried out is a part of the whole plan that the whole plan could have begun with, and
 * all that holds for a plan that was stopped on its way holds for a limited one.
 *
 * @param problems one for each node whose steps wait for some that are left out
 * @param leftOut what was left out; empty if nothing was
 */
record WithinLimit(List<ProposedStep> steps, List<Problem> problems, Optional<Note> leftOut) {

    static WithinLimit of(Limit limit, List<ProposedStep> proposed, Situation situation) {
        List<ProposedStep> steps =
                proposed.stream().filter(step -> limit.takes(step.node())).toList();
        List<ProposedStep> outside =
                proposed.stream().filter(step -> !limit.takes(step.node())).toList();
        Search search = new Search(situation, proposed, outside);
        List<Problem> problems = situation.nodes().stream()
                .filter(limit::takes)
                .flatMap(node -> search.problem(node).stream())
                .toList();
        return new WithinLimit(steps, problems, note(limit, outside, situation));
    }

    private static Optional<Note> note(Limit limit, List<ProposedStep> outside, Situation situation) {
        if (outside.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                Note.leftOut(Counted.of(outside.size(), "step") + " on " + words(nodesOf(outside, situation), ", ")
                        + (outside.size() == 1 ? " is" : " are") + " left out by " + limit));
    }

    /** In the topology's order. */
    private static List<NodeName> nodesOf(Collection<ProposedStep> steps, Situation situation) {
        return situation.nodes().stream()
                .filter(node -> steps.stream().anyMatch(step -> step.node().equals(node)))
                .toList();
    }

    private static String words(List<NodeName> nodes, String between) {
        return nodes.stream().map(NodeName::value).collect(Collectors.joining(between));
    }

    /** What the steps on a node wait for beyond the limit. */
    private record Search(Situation situation, List<ProposedStep> proposed, List<ProposedStep> outside) {

        /** Empty if they wait for nothing there. Whatever several of them wait for is said of the first. */
        Optional<Problem> problem(NodeName node) {
            Set<ProposedStep> missing = new LinkedHashSet<>();
            List<String> facts = new ArrayList<>();
            proposed.stream()
                    .filter(step -> step.node().equals(node))
                    .forEach(step -> facts.addAll(facts(step, missing)));
            if (missing.isEmpty()) {
                return Optional.empty();
            }
            Problem problem = Problem.of(
                            PlanProblem.OUTSIDE_LIMIT,
                            "what is to be done on " + node + " waits for steps on "
                                    + WithinLimit.words(nodesOf(missing, situation), ", ") + ", which " + Limit.OPTION
                                    + " leaves out")
                    .about(node.value());
            for (String fact : facts) {
                problem = problem.detail(fact);
            }
            return Optional.of(problem.hint(
                    "add " + WithinLimit.words(nodesOf(allBefore(missing), situation), ",") + " to " + Limit.OPTION));
        }

        /** In the order of the rules: what a step needs is a set, and has none. */
        private List<String> facts(ProposedStep step, Set<ProposedStep> missing) {
            List<String> facts = new ArrayList<>();
            for (ProposedStep other : outside) {
                List<String> needs = step.needs().stream()
                        .filter(other.action().makes()::contains)
                        .map(need -> "it needs: " + need.words() + (need.holdsIn(situation) ? " again" : ""))
                        .sorted()
                        .toList();
                if (!needs.isEmpty() && missing.add(other)) {
                    facts.addAll(needs);
                    facts.add("left out: " + words(other));
                }
            }
            if (!facts.isEmpty()) {
                facts.add(0, "step: " + words(step));
            }
            return facts;
        }

        /** With what they wait for themselves, so that a person has to be told only once which nodes to add. */
        private Set<ProposedStep> allBefore(Set<ProposedStep> missing) {
            Set<ProposedStep> all = new LinkedHashSet<>(missing);
            Deque<ProposedStep> unasked = new ArrayDeque<>(missing);
            while (!unasked.isEmpty()) {
                Set<Condition> needs = unasked.remove().needs();
                proposed.stream()
                        .filter(step -> !Collections.disjoint(step.action().makes(), needs))
                        .filter(all::add)
                        .forEach(unasked::add);
            }
            all.retainAll(outside);
            return all;
        }

        private static String words(ProposedStep step) {
            return step.node() + " " + step.action().words();
        }
    }
}
