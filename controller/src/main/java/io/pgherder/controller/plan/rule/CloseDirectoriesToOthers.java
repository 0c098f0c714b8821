package io.pgherder.controller.plan.rule;

import io.pgherder.controller.drift.OpenDirectory;
import io.pgherder.controller.observation.InstanceDirectory;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.ProposedStep;
import io.pgherder.controller.plan.Reason;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.plan.action.RestrictPermissions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an instance has on disk is its account's own, or at most readable by the group. A directory of another account only that one can
 * close, which is left to a person.
 */
final class CloseDirectoriesToOthers implements Rule {
    @Override
    public List<ProposedStep> propose(Situation situation) {
        return situation.nodes().stream()
                .flatMap(node -> close(situation, node))
                .toList();
    }

    private static Stream<ProposedStep> close(Situation situation, NodeName node) {
        List<OpenDirectory> open = OpenDirectory.of(situation, node).stream()
                .filter(OpenDirectory::isOwn)
                .toList();
        return open.stream()
                .limit(1)
                .map(first -> ProposedStep.of(
                        new RestrictPermissions(
                                situation.address(node),
                                open.stream().map(OpenDirectory::directory).toList()),
                        Reason.declared(first.path(node), why(open))));
    }

    private static String why(List<OpenDirectory> open) {
        String modes = open.stream()
                .map(each -> each.directory().key() + " has " + each.mode())
                .collect(Collectors.joining(", "));
        boolean isInTheWay = open.stream().anyMatch(each -> each.directory() == InstanceDirectory.DATA);
        return modes + ": open to others" + (isInTheWay ? ", so PostgreSQL would not start" : "");
    }
}
