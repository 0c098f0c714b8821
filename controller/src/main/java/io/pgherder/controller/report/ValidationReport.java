package io.pgherder.controller.report;

import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.topology.yaml.TopologyFile;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What became of reading one file.
 *
 * @param path as the user named it
 * @param file empty if there are problems
 */
public record ValidationReport(String path, Optional<TopologyFile> file, List<Problem> problems) {
    public ValidationReport {
        requireNonNull(path, "path is null");
        requireNonNull(file, "file is null");
        problems = List.copyOf(problems);
        if (file.isPresent() != problems.isEmpty()) {
            throw new IllegalArgumentException("either a topology or problems: " + path);
        }
    }

    public boolean isValid() {
        return file.isPresent();
    }
}
