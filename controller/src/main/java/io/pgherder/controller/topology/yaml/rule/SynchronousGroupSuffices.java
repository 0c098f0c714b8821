package io.pgherder.controller.topology.yaml.rule;

import io.pgherder.controller.problem.Counted;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.Problems;
import io.pgherder.controller.topology.yaml.draft.Draft;
import io.pgherder.controller.topology.yaml.draft.SynchronousDraft;
import io.pgherder.controller.topology.yaml.draft.Written;
import java.util.HashMap;
import java.util.Map;

import static io.pgherder.controller.topology.TopologyProblem.GROUP_TOO_SMALL;
import static io.pgherder.controller.topology.TopologyProblem.INVALID_VALUE;
import static io.pgherder.controller.topology.TopologyProblem.MEMBER_TWICE;
import static io.pgherder.controller.topology.TopologyProblem.MISSING_KEY;

/**
 * The group can keep its promise whoever of it is primary. A primary does not count itself, so a group of n has n - 1 copies to offer;
 * with fewer than the count every commit would wait for ever.
 */
final class SynchronousGroupSuffices implements Rule {
    @Override
    public void check(Draft draft, Problems problems) {
        draft.synchronous().ifPresent(rule -> {
            oneMethod(rule, problems);
            noMemberTwice(rule, problems);
            enoughMembers(rule, problems);
        });
    }

    private static void oneMethod(SynchronousDraft rule, Problems problems) {
        if (rule.any().isPresent() && rule.first().isPresent()) {
            problems.add(rule.problem(INVALID_VALUE, "\"any\" and \"first\" exclude each other")
                    .hint("any: whichever answer first; first: in the group's order. Which is meant?"));
        } else if (rule.any().isEmpty() && rule.first().isEmpty()) {
            problems.add(rule.problem(MISSING_KEY, "\"synchronous\" does not say how many")
                    .hint("for example: synchronous: { any: 1, of: [pg1921, pg1922, pg1923] }"));
        }
    }

    private static void noMemberTwice(SynchronousDraft rule, Problems problems) {
        Map<String, Written> seen = new HashMap<>();
        for (Written member : rule.group()) {
            Written first = seen.putIfAbsent(member.text(), member);
            if (first != null) {
                problems.add(member.problem(MEMBER_TWICE, "the synchronous group names \"" + member + "\" twice")
                        .detail("first at line " + first.place().line() + ", column "
                                + first.place().column())
                        .hint("a node can hold one copy only; remove one of the two"));
            }
        }
    }

    private static void enoughMembers(SynchronousDraft rule, Problems problems) {
        int members = (int) rule.group().stream().map(Written::text).distinct().count();
        rule.count().filter(count -> members - 1 < count).ifPresent(count -> {
            String asked = rule.method() + " " + count;
            Problem problem = rule.any()
                    .or(rule::first)
                    .map(number -> number.problem(
                            GROUP_TOO_SMALL, "a group of " + members + " cannot keep the promise of " + asked))
                    .orElseThrow();
            problems.add(problem.detail(Counted.of(members, "member") + " less the one that is primary leave "
                            + Math.max(0, members - 1) + " to answer; " + asked + " needs " + count)
                    .hint("add a node to \"of\", or ask for fewer copies"));
        });
    }
}
