package io.pgherder.controller.report;

import io.pgherder.controller.observation.ServerFacts.WalSender;
import io.pgherder.controller.pgvalue.Lsn;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * One node's line in a status.
 *
 * @param declaredRole "primary" or "standby", as the file wants it
 * @param role what it really is; empty if it does not run or is not known
 * @param state "running", "streaming", "stopped", "absent", "? unknown", ...
 * @param upstream whom it streams from; empty unless it does
 * @param received a primary's flushed position; what a standby has, received or replayed: after a start it counts what it
 *     receives from the beginning of a segment that it replayed long ago
 * @param lagBytes how far it is behind its upstream
 * @param replayLag as the upstream measures it; empty for a standby that has replayed all that there is, because the upstream goes on
 *     showing its last measurement
 * @param syncState as the upstream says it: "quorum", "sync", "potential", "async"; empty if unknown
 * @param agent "ok" or "no answer"; "ok" beside an unknown state: it answered, and could not look at the node; "no answer" beside a known
 *     one: its upstream says that it streams
 */
public record NodeStatus(
        NodeName name,
        String host,
        int port,
        String declaredRole,
        Optional<String> role,
        String state,
        Optional<Integer> timeline,
        Optional<NodeName> declaredUpstream,
        Optional<NodeName> upstream,
        Optional<Lsn> received,
        Optional<Lsn> replayed,
        Optional<Long> lagBytes,
        Optional<Duration> writeLag,
        Optional<Duration> flushLag,
        Optional<Duration> replayLag,
        Optional<String> syncState,
        String agent,
        List<Problem> problems) {
    static final String RUNNING = "running";
    static final String UNKNOWN = "? unknown";
    static final String NOT_ANSWERING = "not answering";
    static final String ANSWERS = "ok";

    /** As the WAL receiver says. */
    private static final String STREAMING = "streaming";

    public NodeStatus {
        requireNonNull(name, "name is null");
        requireNonNull(host, "host is null");
        requireNonNull(declaredRole, "declaredRole is null");
        requireNonNull(role, "role is null");
        requireNonNull(state, "state is null");
        requireNonNull(timeline, "timeline is null");
        requireNonNull(declaredUpstream, "declaredUpstream is null");
        requireNonNull(upstream, "upstream is null");
        requireNonNull(received, "received is null");
        requireNonNull(replayed, "replayed is null");
        requireNonNull(lagBytes, "lagBytes is null");
        requireNonNull(writeLag, "writeLag is null");
        requireNonNull(flushLag, "flushLag is null");
        requireNonNull(replayLag, "replayLag is null");
        requireNonNull(syncState, "syncState is null");
        requireNonNull(agent, "agent is null");
        problems = List.copyOf(problems);
    }

    /** Whether it does what a primary or a standby is for. */
    public boolean isAtWork() {
        return state.equals(RUNNING) || state.equals(STREAMING);
    }

    /**
     * Whether it may run without having been seen to: nobody could look at it, or its server does not answer. What an upstream says of it
     * is no look: the row of a standby that has gone stays there for wal_sender_timeout.
     */
    boolean mayRunUnseen() {
        return state.equals(UNKNOWN) || state.equals(NOT_ANSWERING) || !agent.equals(ANSWERS);
    }

    /** Whether it is at work, and its agent too. */
    public boolean isWell() {
        return isAtWork() && agent.equals(ANSWERS);
    }

    /** Where it stands in the tree: below whom it streams from, else below whom it should. */
    public Optional<NodeName> parent() {
        return role.filter("primary"::equals).isPresent() ? Optional.empty() : upstream.or(() -> declaredUpstream);
    }

    /** What is not known of a node that does not run or cannot be seen. */
    static NodeStatus dark(
            NodeName name,
            String host,
            int port,
            Optional<NodeName> declaredUpstream,
            String state,
            String agent,
            List<Problem> why) {
        return new NodeStatus(
                name,
                host,
                port,
                declaredUpstream.isPresent() ? "standby" : "primary",
                Optional.empty(),
                state,
                Optional.empty(),
                declaredUpstream,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                agent,
                why);
    }

    /** The same node, not seen itself, with what its upstream says of it: whoever streams is a standby, and runs. */
    NodeStatus seenOnlyFrom(NodeName from, WalSender sender, Optional<Long> lag, Optional<Duration> replayLag) {
        return new NodeStatus(
                        name,
                        host,
                        port,
                        declaredRole,
                        Optional.of("standby"),
                        sender.state(),
                        timeline,
                        declaredUpstream,
                        upstream,
                        sender.flushed(),
                        sender.replayed(),
                        lagBytes,
                        writeLag,
                        flushLag,
                        replayLag,
                        syncState,
                        agent,
                        problems)
                .seenFrom(from, lag, Optional.of(sender), replayLag);
    }

    /** The same node with what its upstream says of it. */
    NodeStatus seenFrom(
            NodeName from, Optional<Long> lag, Optional<WalSender> sender, Optional<Duration> measuredReplayLag) {
        return new NodeStatus(
                name,
                host,
                port,
                declaredRole,
                role,
                sender.filter(WalSender::isCatchingUp).isPresent() ? "catching up" : state,
                timeline,
                declaredUpstream,
                Optional.of(from),
                received,
                replayed,
                lag,
                sender.flatMap(WalSender::writeLag),
                sender.flatMap(WalSender::flushLag),
                measuredReplayLag,
                sender.map(WalSender::syncState).filter(sync -> !sync.isEmpty()),
                agent,
                problems);
    }
}
