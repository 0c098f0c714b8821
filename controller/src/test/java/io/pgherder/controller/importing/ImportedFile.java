package io.pgherder.controller.importing;

import io.pgherder.controller.observation.FoundHost;
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

import static org.assertj.core.api.Assertions.assertThat;

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

    /** What an import of these writes: all of it, and the reader takes it. */
    String textOf(List<FoundHost> found) {
        Imported imported =
                Imported.of(found, new Imported.Wish(Optional.empty(), Optional.empty(), "postgres"), this::problems);
        assertThat(imported.left()).isEmpty();
        assertThat(read(imported.text()).nodes()).hasSameSizeAs(imported.nodes());
        return imported.text();
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
