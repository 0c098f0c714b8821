package io.pgherder.controller.report;

import io.pgherder.controller.observation.Confirmations;
import io.pgherder.controller.observation.SynchronousStandbys;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.SynchronousCommit;
import io.pgherder.controller.pgvalue.SystemIdentifier;
import io.pgherder.controller.plan.Limit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What runs, as a person asks for it.
 *
 * @param primaries the nodes that really are primary: one, or none that is known, or more, which is a split brain
 * @param sessionsEnd why the primary ends every session before it begins, if it does
 * @param nodes all of them, in the topology's order
 * @param limit which of them are shown
 */
public record ClusterStatus(
        String cluster,
        Optional<SystemIdentifier> systemIdentifier,
        List<NodeName> primaries,
        Quorum quorum,
        Optional<String> sessionsEnd,
        List<NodeStatus> nodes,
        Limit limit,
        int agents,
        int agentsThatAnswered) {
    public ClusterStatus {
        requireNonNull(cluster, "cluster is null");
        requireNonNull(systemIdentifier, "systemIdentifier is null");
        primaries = List.copyOf(primaries);
        requireNonNull(quorum, "quorum is null");
        requireNonNull(sessionsEnd, "sessionsEnd is null");
        nodes = List.copyOf(nodes);
        requireNonNull(limit, "limit is null");
    }

    /**
     * The promise that a commit is on several nodes, and whether it can be kept now.
     *
     * @param inForce the standbys that commits wait for, as the primary says; empty if there is none that says
     * @param synchronousCommit the level in force on the primary; empty if none says
     * @param confirmations who of the standbys that {@link #rule} names confirms
     * @param waitingFor how long the longest waiting session has been waiting
     */
    public record Quorum(
            SynchronousStandbys declared,
            Optional<SynchronousStandbys> inForce,
            Optional<String> synchronousCommit,
            Confirmations confirmations,
            int waitingSessions,
            Optional<Duration> waitingFor) {
        /** Longer than a commit waits for a distant standby. */
        private static final Duration LONG = Duration.ofSeconds(10);

        public Quorum {
            requireNonNull(declared, "declared is null");
            requireNonNull(inForce, "inForce is null");
            requireNonNull(synchronousCommit, "synchronousCommit is null");
            requireNonNull(confirmations, "confirmations is null");
            requireNonNull(waitingFor, "waitingFor is null");
        }

        /** By which the quorum is judged. */
        public SynchronousStandbys rule() {
            return inForce.orElse(declared);
        }

        public int required() {
            return rule().count();
        }

        public boolean isLost() {
            return confirmations.areEnough().filter(enough -> !enough).isPresent();
        }

        private boolean hasWaitedForLong() {
            return waitingFor.filter(span -> span.compareTo(LONG) > 0).isPresent();
        }

        /**
         * Whether nobody can say if commits go on: FIRST may have chosen a standby that does not answer, or a session waits for longer than
         * a commit takes, although enough standbys are there.
         */
        public boolean isInDoubt() {
            return confirmations.areEnough().isEmpty() || (!isLost() && hasWaitedForLong());
        }

        /** The level with which commits are acknowledged before the standbys that are declared have them on disk. */
        public Optional<String> weakLevel() {
            return declared.count() == 0
                    ? Optional.empty()
                    : synchronousCommit.filter(level -> !SynchronousCommit.waitsForTheirDisks(level));
        }

        /** Whether what is declared is in force; empty if no primary says. */
        public Optional<Boolean> isAsDeclared() {
            return inForce.map(rule -> declared.isSameAs(rule) && weakLevel().isEmpty());
        }
    }

    public List<NodeStatus> shown() {
        return nodes.stream().filter(node -> limit.takes(node.name())).toList();
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
     * primary is seen and a node may be one unseen, or the {@linkplain Quorum#isInDoubt quorum is in doubt}.
     */
    public Optional<Boolean> writable() {
        if (primary().isPresent()) {
            return sessionsEnd.isPresent()
                    ? Optional.of(false)
                    : quorum.isInDoubt() ? Optional.empty() : Optional.of(!quorum.isLost());
        }
        return isSplit() || !unseen().isEmpty() ? Optional.empty() : Optional.of(false);
    }

    /** Whether nothing of it needs a person's eye: commits succeed under the rule that is declared, and every node is at work. */
    public boolean isSound() {
        return writable().orElse(false)
                && quorum.isAsDeclared().orElse(false)
                && agentsThatAnswered == agents
                && nodes.stream()
                        .allMatch(node -> node.isAtWork() && node.problems().isEmpty());
    }

    /** The nodes that may run, as primary or standby, without anybody having seen them. */
    public List<NodeName> unseen() {
        return nodes.stream()
                .filter(NodeStatus::mayRunUnseen)
                .map(NodeStatus::name)
                .toList();
    }
}
