package io.pgherder.controller.topology.yaml.rule;

import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.Problems;
import io.pgherder.controller.topology.yaml.draft.Draft;
import io.pgherder.controller.topology.yaml.draft.NodeDraft;
import io.pgherder.controller.topology.yaml.draft.Written;

import static io.pgherder.controller.topology.TopologyProblem.CASCADE_NEVER_COUNTS;

/**
 * Members of the synchronous group stream from the primary. A standby below a standby reports to its upstream, which tells nobody:
 * PostgreSQL gives the WAL senders of a cascade priority zero.
 */
final class CascadesDoNotCount implements Rule {
    @Override
    public void check(Draft draft, Problems problems) {
        draft.synchronous().ifPresent(rule -> {
            for (Written member : rule.group()) {
                draft.node(member.text())
                        .flatMap(node -> draft.upstreamOf(node))
                        .filter(upstream -> !draft.isPrimary(upstream))
                        .ifPresent(upstream -> problems.add(cascade(draft, member, upstream)));
            }
        });
    }

    private static Problem cascade(Draft draft, Written member, NodeDraft upstream) {
        return member.problem(
                        CASCADE_NEVER_COUNTS,
                        "\"" + member + "\" is in the synchronous group but follows a standby, \"" + upstream.name()
                                + "\"")
                .detail("the primary never counts the copy of a standby that does not stream from it; \"" + member
                        + "\" follows \"" + upstream.name() + "\" at line "
                        + draft.node(member.text())
                                .flatMap(NodeDraft::follows)
                                .map(follows -> follows.place().line())
                                .orElse(0))
                .hint("take it out of \"of\", or let it follow the primary");
    }
}
