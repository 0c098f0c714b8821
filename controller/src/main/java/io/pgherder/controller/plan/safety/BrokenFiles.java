package io.pgherder.controller.plan.safety;

import io.pgherder.controller.drift.MendedByWriting;
import io.pgherder.controller.observation.FileError;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.util.List;
import java.util.Optional;

/** Files of a server that no step writes, and that it cannot read. */
final class BrokenFiles {
    /** More of them say nothing more. */
    private static final int TOLD = 5;

    private BrokenFiles() {}

    /**
     * Where there are errors in settings files that are there still once pgherder.conf has been written.
     *
     * @param consequence what is about to fail: "n2 would not start again"
     */
    static Optional<Problem> settings(Situation situation, NodeName node, InstanceState instance, String consequence) {
        MendedByWriting mended = new MendedByWriting(situation, node);
        List<FileError> errors = instance.settingsErrors().told().stream()
                .filter(error -> !mended.isSo(error))
                .toList();
        boolean areDeclared = errors.stream().allMatch(mended::isDeclared);
        return problem(node, consequence + ": errors in its settings files", errors)
                .map(problem -> problem.hint(
                        (areDeclared ? "correct them under settings in the topology file" : "correct them by hand")
                                + ", then run the same command again"));
    }

    static Optional<Problem> problem(NodeName node, String summary, List<FileError> errors) {
        if (errors.isEmpty()) {
            return Optional.empty();
        }
        Problem problem = Problem.of(PreflightProblem.FILES_BROKEN, summary).about(node.value());
        for (FileError error : errors.stream().limit(TOLD).toList()) {
            problem = problem.detail(error.words());
        }
        return Optional.of(problem);
    }
}
