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
 * @param primaries the nodes that really are primary: one, or none that is known, or more, which is a split brain
 * @param nodes in the topology's order
 */
public record ClusterStatus(
        String cluster,
        Optional<SystemIdentifier> systemIdentifier,
        List<NodeName> primaries,
        Quorum quorum,
        List<NodeStatus> nodes,
        int agents,
        int agentsThatAnswered) {
    public ClusterStatus {
        requireNonNull(cluster, "cluster is null");
        requireNonNull(systemIdentifier, "systemIdentifier is null");
        primaries = List.copyOf(primaries);
        requireNonNull(quorum, "quorum is null");
        nodes = List.copyOf(nodes);
    }

    /**
     * The promise that a commit is on several nodes, and whether it can be kept now.
     *
     * @param words the declared rule: "any 1 of pg2, pg3"; "pg2" if there is no other; "off"
     * @param members how many standbys it names
     * @param available how many of the named standbys stream from the primary, and so confirm
     * @param waitingFor how long the longest waiting session has been waiting
     */
    public record Quorum(
            String words,
            int members,
            int required,
            int available,
            int waitingSessions,
            Optional<Duration> waitingFor) {
        public Quorum {
            requireNonNull(words, "words is null");
            requireNonNull(waitingFor, "waitingFor is null");
        }

        public boolean isLost() {
            return available < required;
        }
    }

    /** The node that really is primary; empty if none or more than one is. */
    public Optional<NodeName> primary() {
        return primaries.size() == 1 ? Optional.of(primaries.get(0)) : Optional.empty();
    }

    /** Whether there are two histories, or more, that both go on. */
    public boolean isSplit() {
        return primaries.size() > 1;
    }

    /**
     * Whether a commit can succeed now, and will be part of the one history. Empty if nobody can say: there are several histories, or no
     * primary is seen and a node may be one unseen.
     */
    public Optional<Boolean> writable() {
        if (primary().isPresent()) {
            return Optional.of(!quorum.isLost());
        }
        return isSplit() || !unseen().isEmpty() ? Optional.empty() : Optional.of(false);
    }

    /** The nodes that may run, as primary or standby, without anybody having seen them. */
    public List<NodeName> unseen() {
        return nodes.stream()
                .filter(NodeStatus::mayRunUnseen)
                .map(NodeStatus::name)
                .toList();
    }
}
