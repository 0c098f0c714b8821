package io.pgherder.controller.plan.safety;

import io.pgherder.controller.observation.ConfigurationFile;
import io.pgherder.controller.observation.FileError;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.problem.Problem;
import java.util.List;
import java.util.Optional;

/** Files of a server that no step writes, and that it cannot read. */
final class BrokenFiles {
    /** More of them say nothing more. */
    private static final int TOLD = 5;

    private BrokenFiles() {}

    /**
     * Where there are errors in settings files beside pgherder.conf, which is written anew, and what an ALTER SYSTEM has set, which a step may take
     * out.
     *
     * @param consequence what is about to fail: "n2 would not start again"
     */
    static Optional<Problem> settings(NodeName node, ServerFacts server, String consequence) {
        List<FileError> errors = server.configErrors().told().stream()
                .filter(error ->
                        !error.isAbout(ConfigurationFile.PGHERDER) && !error.isAbout(ConfigurationFile.ALTER_SYSTEM))
                .toList();
        return problem(node, consequence + ": errors in its settings files", errors)
                .map(problem -> problem.hint("correct them by hand, then run the same command again"));
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
