package io.pgherder.controller.plan.safety;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.PlanProblem;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.util.List;

/**
 * A timeline grows only by a promotion: a node that has seen a later one than the primary proves that another primary came after it. Where that
 * one runs {@link RoleIsWhereDeclared} tells of it.
 */
final class NobodySawALaterTimeline implements SafetyCheck {
    @Override
    public List<Problem> problems(Situation situation) {
        NodeName primary = situation.primary();
        if (RoleIsWhereDeclared.isElsewhere(situation)) {
            return List.of();
        }
        return situation.timelineOf(primary).stream()
                .flatMap(line -> situation.standbys().stream()
                        .flatMap(node -> situation
                                .timelineOf(node)
                                .filter(later -> later > line)
                                .map(later -> problem(situation, primary, line, node, later))
                                .stream()))
                .toList();
    }

    private static Problem problem(Situation situation, NodeName primary, int line, NodeName node, int later) {
        return Problem.of(PlanProblem.LATER_TIMELINE, node + " has seen a later timeline than the primary " + primary)
                .about(node.value())
                .detail(node + ": timeline " + later)
                .detail(primary + ": timeline " + line)
                .hint(
                        situation.tree().primaries().contains(node)
                                ? "was it promoted by mistake, and nobody has written to it? Then stop it and move its data and"
                                        + " WAL directories away: it is cloned again. Else " + primary
                                        + " must not run as the primary"
                                : "was another node promoted while " + primary + " was away? then " + primary
                                        + " must not run as the primary");
    }
}
