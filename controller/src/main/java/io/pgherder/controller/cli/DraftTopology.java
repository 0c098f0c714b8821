package io.pgherder.controller.cli;

import io.pgherder.controller.importing.ImportProblem;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemsException;
import io.pgherder.controller.topology.yaml.TopologyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What the reader of topology files makes of a text that is no file yet. Passwords are not asked for. */
final class DraftTopology {
    private DraftTopology() {}

    /** Every problem that it has with the text, without a place: nobody has seen that file. */
    static List<Problem> problems(String text) {
        try {
            Path draft = Files.createTempFile("pgherder-import", ".yaml");
            try {
                Files.writeString(draft, text, UTF_8);
                new TopologyReader(variable -> Optional.of("not asked for")).read(draft);
                return List.of();
            } catch (ProblemsException e) {
                return e.problems().stream().map(DraftTopology::withoutPlace).toList();
            } finally {
                Files.delete(draft);
            }
        } catch (IOException e) {
            throw new ProblemsException(Problem.of(
                            ImportProblem.FILE_NOT_WRITTEN, "cannot check the topology before it is written")
                    .detail("a file for that in " + System.getProperty("java.io.tmpdir") + ": " + e.getMessage())
                    .hint("is there room, and may you write there?"));
        }
    }

    private static Problem withoutPlace(Problem problem) {
        return new Problem(
                problem.code(),
                problem.summary(),
                problem.details(),
                problem.hint(),
                problem.subject(),
                Optional.empty(),
                problem.toolOutput());
    }
}
