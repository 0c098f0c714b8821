package io.pgherder.controller.topology.yaml;

import java.nio.file.Path;
import java.util.List;

/** Reads topology files. */
public final class TopologyReader {
    /**
     * Reads one cluster.
     *
     * @throws io.pgherder.controller.problem.ProblemsException with every problem of the file, in the file's order
     */
    @SuppressWarnings("DoNotCallSuggester")
    public TopologyFile read(Path file) {
        throw new UnsupportedOperationException("not readable yet: " + file);
    }

    /**
     * The files of the clusters under a path: a file stands for itself, a directory for the {@code *.yaml} files directly in it, sorted,
     * without those that only serve to be extended.
     */
    public List<Path> topologyFilesIn(Path fileOrDirectory) {
        return List.of(fileOrDirectory);
    }
}
