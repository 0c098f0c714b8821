package io.pgherder.controller.report;

import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.Subject;
import io.pgherder.controller.problem.Place;
import io.pgherder.controller.problem.Problem;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/** One thing that a run tells and the run before did not. */
public sealed interface DriftChange {
    DriftEvent event();

    /**
     * A cluster with its file.
     *
     * @param name that of the cluster; empty while its file cannot be understood
     * @param topology the file, as the user named it
     */
    record Cluster(Optional<String> name, String topology) {
        public Cluster {
            requireNonNull(name, "name is null");
            requireNonNull(topology, "topology is null");
        }
    }

    /**
     * A difference appeared, vanished or changed.
     *
     * @param difference as it is, or as it was last seen if it vanished
     * @param place where the file says what is declared
     * @param before as it was; empty unless it changed
     */
    record OfDifference(
            DriftEvent event,
            Cluster cluster,
            Difference difference,
            Optional<Place> place,
            Optional<Difference> before)
            implements DriftChange {
        public OfDifference {
            requireNonNull(event, "event is null");
            requireNonNull(cluster, "cluster is null");
            requireNonNull(difference, "difference is null");
            requireNonNull(place, "place is null");
            requireNonNull(before, "before is null");
        }
    }

    /**
     * A node, or a host, can no longer be seen, or is seen again.
     *
     * @param why empty if it is seen again
     */
    record OfSubject(DriftEvent event, Cluster cluster, Subject subject, Optional<Problem> why) implements DriftChange {
        public OfSubject {
            requireNonNull(event, "event is null");
            requireNonNull(cluster, "cluster is null");
            requireNonNull(subject, "subject is null");
            requireNonNull(why, "why is null");
        }
    }

    /**
     * Something happened to a cluster as a whole, or to its file.
     *
     * @param problems why; none if all is well
     */
    record OfCluster(DriftEvent event, Cluster cluster, List<Problem> problems) implements DriftChange {
        public OfCluster {
            requireNonNull(event, "event is null");
            requireNonNull(cluster, "cluster is null");
            problems = List.copyOf(problems);
        }
    }

    /**
     * No cluster could be looked at, or all can again.
     *
     * @param problems why; none if all is well
     */
    record OfRun(DriftEvent event, List<Problem> problems) implements DriftChange {
        public OfRun {
            requireNonNull(event, "event is null");
            problems = List.copyOf(problems);
        }
    }
}
