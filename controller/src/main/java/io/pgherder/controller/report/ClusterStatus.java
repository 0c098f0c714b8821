package io.pgherder.controller.report;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.SystemIdentifier;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What runs, as a person asks for it.
 *
 * @param primary the node that really is primary; empty if none or more than one is
 * @param nodes in the topology's order
 */
public record ClusterStatus(
        String cluster,
        Optional<SystemIdentifier> systemIdentifier,
        Optional<NodeName> primary,
        Quorum quorum,
        List<NodeStatus> nodes,
        int agents,
        int agentsThatAnswered) {
    public ClusterStatus {
        requireNonNull(cluster, "cluster is null");
        requireNonNull(systemIdentifier, "systemIdentifier is null");
        requireNonNull(primary, "primary is null");
        requireNonNull(quorum, "quorum is null");
        nodes = List.copyOf(nodes);
    }

    /**
     * The promise that a commit is on several nodes, and whether it can be kept now.
     *
     * @param words the declared rule: "any 1 of pg2, pg3"; "off"
     * @param available how many of the named standbys stream
     * @param waitingFor how long the longest waiting session has been waiting
     */
    public record Quorum(
            String words, int required, int available, int waitingSessions, Optional<Duration> waitingFor) {
        public Quorum {
            requireNonNull(words, "words is null");
            requireNonNull(waitingFor, "waitingFor is null");
        }

        public boolean isLost() {
            return available < required;
        }
    }

    /** Whether a commit can succeed now. */
    public boolean isWritable() {
        return primary.isPresent() && !quorum.isLost();
    }
}
