package io.pgherder.controller.report;

import io.pgherder.controller.problem.Problem;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/** What became of comparing one topology file with reality. */
public sealed interface DriftOutcome {
    /** What it comes to. */
    enum Fate {
        IN_SYNC,
        DIFFERS,
        /** Nothing that was seen differs, and not all was seen. */
        NOT_SEEN,
        FAILED,
        INVALID
    }

    /** The file, as the user named it. */
    String path();

    /** The cluster that the file declares; empty if it cannot be understood. */
    Optional<String> cluster();

    Fate fate();

    /** The cluster was looked at. */
    record Compared(String path, DriftReport report) implements DriftOutcome {
        public Compared {
            requireNonNull(path, "path is null");
            requireNonNull(report, "report is null");
        }

        @Override
        public Optional<String> cluster() {
            return Optional.of(report.look().cluster());
        }

        @Override
        public Fate fate() {
            if (report.drift().isInSync()) {
                return Fate.IN_SYNC;
            }
            return report.drift().differs() ? Fate.DIFFERS : Fate.NOT_SEEN;
        }
    }

    /** The file cannot be understood; nobody was contacted. */
    record Invalid(String path, List<Problem> problems) implements DriftOutcome {
        public Invalid {
            requireNonNull(path, "path is null");
            problems = List.copyOf(problems);
        }

        @Override
        public Optional<String> cluster() {
            return Optional.empty();
        }

        @Override
        public Fate fate() {
            return Fate.INVALID;
        }
    }

    /**
     * The file is right, and the cluster could not be looked at.
     *
     * @param name that of the cluster
     */
    record Failed(String path, String name, List<Problem> problems) implements DriftOutcome {
        public Failed {
            requireNonNull(path, "path is null");
            requireNonNull(name, "name is null");
            problems = List.copyOf(problems);
        }

        @Override
        public Optional<String> cluster() {
            return Optional.of(name);
        }

        @Override
        public Fate fate() {
            return Fate.FAILED;
        }
    }
}
