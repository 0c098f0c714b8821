package io.pgherder.controller.importing;

import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemsException;
import io.pgherder.controller.topology.Topology;
import io.pgherder.controller.topology.yaml.TopologyReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What was imported, read by the reader of topology files. */
record ImportedFile(Path directory) {
    /** @throws ProblemsException if the reader does not take it */
    Topology read(String text) {
        try {
            Path file = Files.writeString(directory.resolve("imported.yaml"), text);
            return new TopologyReader(variable -> Optional.of("swordfish"))
                    .read(file)
                    .topology();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Problem> problems(String text) {
        try {
            read(text);
            return List.of();
        } catch (ProblemsException e) {
            return e.problems();
        }
    }
}
