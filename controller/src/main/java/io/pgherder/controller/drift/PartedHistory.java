package io.pgherder.controller.drift;

import io.pgherder.controller.observation.ControlFile;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.pgvalue.Lsn;
import io.pgherder.controller.pgvalue.NodeName;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * WAL of a node that the primary never had: the node went on with a timeline that the primary had left, as a primary does that is still
 * written to when another one has been promoted. It cannot follow any more; to follow anew it loses what it has beyond that.
 *
 * @param node that has other WAL
 * @param words where they parted, as a sentence: "pg2 left timeline 1 at 0/3000148, and pg1 went on with it at least to 0/5000000"
 */
public record PartedHistory(NodeName primary, NodeName node, String words) {
    public PartedHistory {
        requireNonNull(primary, "primary is null");
        requireNonNull(node, "node is null");
        requireNonNull(words, "words is null");
    }

    /** Empty if the node's history is the beginning of the primary's, is that of a later primary, or nobody knows. */
    public static Optional<PartedHistory> of(SideBySide look, NodeName primary, NodeName node) {
        boolean isComparable = !node.equals(primary)
                && look.systemOf(node).equals(look.systemOf(primary))
                && !look.tree().isStreaming(node);
        return look.instance(primary)
                .filter(known -> isComparable && !known.history().isEmpty())
                .flatMap(known -> look.timelineOf(primary)
                        .flatMap(latest ->
                                look.timelineOf(node).flatMap(own -> where(look, primary, known, latest, node, own))))
                .map(words -> new PartedHistory(primary, node, words));
    }

    private static Optional<String> where(
            SideBySide look, NodeName primary, InstanceState known, int latest, NodeName node, int own) {
        if (own > latest) {
            return Optional.empty();
        }
        if (own == latest) {
            return look.instance(node).flatMap(instance -> otherFork(primary, known, node, instance));
        }
        Optional<Lsn> left = known.endOf(own);
        return left.isEmpty()
                ? Optional.of(node + " is on timeline " + own + ", on which " + primary + " never was")
                : reachedBeyond(look, node, left.get())
                        .map(reached -> primary + " left timeline " + own + " at " + left.get() + ", and " + node
                                + " went on with it at least to " + reached);
    }

    /** Two promotions that did not know of each other give the same number. */
    private static Optional<String> otherFork(
            NodeName primary, InstanceState known, NodeName node, InstanceState instance) {
        return instance.history().stream()
                .filter(past -> !known.endOf(past.timeline()).equals(Optional.of(past.end())))
                .findFirst()
                .map(past -> node + " left timeline " + past.timeline() + " at " + past.end() + ", and " + primary
                        + known.endOf(past.timeline())
                                .map(other -> " at " + other)
                                .orElse(" was never on it"));
    }

    /** By what it has applied: of the end of what it has only received it lets go. */
    private static Optional<Lsn> reachedBeyond(SideBySide look, NodeName node, Lsn end) {
        return look.server(node)
                .map(server -> server.inRecovery() ? server.replayed() : server.flushed())
                .map(reached -> reached.filter(at -> at.compareTo(end) > 0))
                .orElseGet(() -> look.instance(node)
                        .flatMap(InstanceState::control)
                        .flatMap(control -> reachedBeyond(control, end)));
    }

    /** A checkpoint is the beginning of a record, the end of recovery that of the last one. */
    private static Optional<Lsn> reachedBeyond(ControlFile control, Lsn end) {
        return control.minimumRecoveryEnd()
                .filter(at -> at.compareTo(end) > 0)
                .or(() -> Optional.of(control.checkpoint()).filter(at -> at.compareTo(end) >= 0));
    }

    /** What a person may do about it. */
    public String advice() {
        return "what " + node + " has beyond that, " + primary
                + " never had: is it needed? If not, stop " + node
                + ", move its data and WAL directories away, and apply: it is cloned again; or, after a CHECKPOINT on "
                + primary
                + ", rewind it with pg_rewind";
    }
}
