package io.pgherder.controller.report;

import io.pgherder.controller.observation.ServerFacts.WalReceiver;
import io.pgherder.controller.observation.ServerFacts.WalSender;

import static java.util.Objects.requireNonNull;

/**
 * How it goes with a node.
 *
 * @param word for a person and for a script: "running", "streaming", "stopped", "absent"; a standby's is that of its WAL receiver
 */
public record NodeState(String word, Kind kind) {
    public static final NodeState ABSENT = new NodeState("absent", Kind.IDLE);
    public static final NodeState BEING_MADE = new NodeState("being made", Kind.IDLE);
    public static final NodeState STOPPED = new NodeState("stopped", Kind.IDLE);
    public static final NodeState STARTING = new NodeState("starting", Kind.IDLE);
    public static final NodeState CLOSED = new NodeState("no connections", Kind.IDLE);
    public static final NodeState STOPPING = new NodeState("stopping", Kind.IDLE);
    public static final NodeState RUNNING = new NodeState("running", Kind.AT_WORK);
    public static final NodeState NOT_STREAMING = new NodeState("not streaming", Kind.IDLE);
    public static final NodeState CATCHING_UP = new NodeState("catching up", Kind.IDLE);
    public static final NodeState NOT_ANSWERING = new NodeState("not answering", Kind.UNSEEN);
    public static final NodeState UNKNOWN = new NodeState("unknown", Kind.UNSEEN);

    /** What that means. */
    public enum Kind {
        /** It does what a primary or a standby is for. */
        AT_WORK,
        /** It was looked at, and does not. */
        IDLE,
        /** It may run without having been seen to. */
        UNSEEN
    }

    public NodeState {
        requireNonNull(word, "word is null");
        requireNonNull(kind, "kind is null");
    }

    /** Of a standby, as it says itself. */
    static NodeState of(WalReceiver receiver) {
        return new NodeState(receiver.status(), receiver.isStreaming() ? Kind.AT_WORK : Kind.IDLE);
    }

    /** Of a standby, as its upstream says. */
    static NodeState of(WalSender sender) {
        return new NodeState(sender.state(), sender.isStreaming() ? Kind.AT_WORK : Kind.IDLE);
    }
}
