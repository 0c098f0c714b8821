package io.pgherder.controller.report;

import io.pgherder.controller.problem.Problem;
import java.util.List;

import static java.util.Objects.requireNonNull;

/** What became of comparing one topology file with reality. */
public sealed interface DriftOutcome {
    /** The file, as the user named it. */
    String path();

    /** The cluster was looked at. */
    record Compared(String path, DriftReport report) implements DriftOutcome {
        public Compared {
            requireNonNull(path, "path is null");
            requireNonNull(report, "report is null");
        }
    }

    /** The file cannot be understood; nobody was contacted. */
    record Invalid(String path, List<Problem> problems) implements DriftOutcome {
        public Invalid {
            requireNonNull(path, "path is null");
            problems = List.copyOf(problems);
        }
    }

    /** The file is right, and the cluster could not be looked at. */
    record Failed(String path, String cluster, List<Problem> problems) implements DriftOutcome {
        public Failed {
            requireNonNull(path, "path is null");
            requireNonNull(cluster, "cluster is null");
            problems = List.copyOf(problems);
        }
    }
}
