package io.pgherder.controller.importing;

import io.pgherder.controller.drift.WeakCommits;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.RoleSetting;
import io.pgherder.controller.observation.SynchronousStandbys;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.SessionScope;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemsException;
import io.pgherder.controller.topology.SynchronousRule;
import io.pgherder.controller.topology.SynchronousRule.Method;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What commits wait for, as the primary's synchronous_standby_names has it, in the file's words: a group with the primary in it.
 *
 * @param notes what the file says otherwise than the server
 */
record Promise(SynchronousRule rule, List<String> notes) {
    /** @throws ProblemsException if too few of those who are named were found: a file without them would take the promise back */
    static Promise of(Family family, Names names, LeftOut leftOut) {
        String value = family.primary().inForce(SynchronousStandbys.SETTING).orElse("");
        SynchronousStandbys told = SynchronousStandbys.parse(value);
        if (told.method() == Method.OFF || told.count() == 0) {
            return new Promise(SynchronousRule.OFF, List.of());
        }
        List<NodeName> group = new ArrayList<>(List.of(names.of(family.primary())));
        List<String> notes = new ArrayList<>();
        List<Member> direct = family.standbys().stream()
                .filter(standby -> !family.isCascaded(standby))
                .toList();
        if (told.namesEverybody()) {
            direct.forEach(standby -> group.add(names.of(standby)));
            notes.add("guess: the primary has \"" + value
                    + "\", by which whatever streams counts, a running base backup too;"
                    + " these are all that stream from it now");
        } else {
            for (String name : told.names()) {
                Optional<NodeName> member = names.called(name, direct);
                member.filter(standby -> !group.contains(standby)).ifPresent(group::add);
                if (member.isEmpty()) {
                    notes.add("guess: the primary waits for \"" + name + "\", too, "
                            + names.called(name, family.standbys())
                                    .map(cascaded -> "by which " + cascaded
                                            + " goes, and confirms nothing: it streams from another standby")
                                    .orElse("which is none of the standbys that were found")
                            + "; the promise goes on without it");
                }
            }
        }
        if (group.size() - 1 < told.count()) {
            throw new ProblemsException(tooFew(value, group.size() - 1, told.count(), leftOut));
        }
        return excepting(family.primary().server(), new SynchronousRule(told.method(), told.count(), group), notes);
    }

    /** Who waits for less goes on to do so, except where that is everybody: then there would be no promise. */
    private static Promise excepting(ServerFacts primary, SynchronousRule rule, List<String> notes) {
        Set<SessionScope> excepted = new LinkedHashSet<>();
        for (RoleSetting weak : WeakCommits.on(primary, rule)) {
            if (weak.scope().isEverybody()) {
                notes.add(
                        "\"ALTER ROLE ALL SET synchronous_commit = " + weak.value()
                                + "\" on the primary makes the promise an empty one, and no file can except it: apply resets it");
            } else {
                excepted.add(weak.scope());
                notes.add("synchronous_commit = " + weak.value() + " for " + weak.scope() + ", as ALTER "
                        + weak.scope().sql() + " has it: without its name under except, apply resets it");
            }
        }
        return new Promise(new SynchronousRule(rule.method(), rule.count(), rule.group(), excepted), notes);
    }

    private static Problem tooFew(String value, int found, int needed, LeftOut leftOut) {
        Problem problem = Problem.of(
                        ImportProblem.UNKNOWN_SYNCHRONOUS,
                        "commits on the primary wait for standbys that were not found")
                .detail("synchronous_standby_names: " + value)
                .detail("found of these: " + found + "; needed: " + needed);
        return leftOut.missing(problem, "do they run? Name the agents of their hosts, too: --agent HOST:PORT");
    }
}
