package io.pgherder.controller.cli;

import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemsException;
import io.pgherder.controller.report.DriftRun;
import io.pgherder.controller.report.json.DriftJson;
import io.pgherder.controller.wholefile.UnwritableException;
import io.pgherder.controller.wholefile.WholeFile;
import java.nio.file.Path;
import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;

/** The last result in a file, as JSON, for programs that look there; nobody ever reads half of one. */
final class DriftFile {
    /** As {@link DriftJson#renderRun} begins it. */
    private static final Pattern BEGINNING = Pattern.compile("\\{\\s*\"at\"\\s*:");

    private final Path path;
    private final WholeFile file;

    DriftFile(Path path) {
        this.path = requireNonNull(path, "path is null");
        this.file = WholeFile.ofKind(path, "result of a drift run", BEGINNING);
    }

    /** @throws ProblemsException if it cannot be written; nothing is changed */
    void tryOut() {
        try {
            file.tryOut();
        } catch (UnwritableException e) {
            throw failure(e);
        }
    }

    /** @throws ProblemsException if it cannot be written; the result before stays there */
    void write(DriftRun run) {
        try {
            file.write(DriftJson.renderRun(run));
        } catch (UnwritableException e) {
            throw failure(e);
        }
    }

    private ProblemsException failure(UnwritableException e) {
        return new ProblemsException(Problem.of(CliProblem.RESULT_UNWRITABLE, "cannot write the result to " + path)
                .detail(e.reason())
                .hint(e.hint()));
    }
}
