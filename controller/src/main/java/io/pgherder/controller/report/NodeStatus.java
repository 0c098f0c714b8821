package io.pgherder.controller.report;

import io.pgherder.controller.observation.ServerFacts.WalSender;
import io.pgherder.controller.pgvalue.Lsn;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.problem.Problem;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * One node's line in a status.
 *
 * @param declaredRole as the file wants it
 * @param role what it really is; empty if it does not run or is not known
 * @param upstream whom it streams from; empty unless it does
 * @param received a primary's flushed position; what a standby has, received or replayed: after a start it counts what it
 *     receives from the beginning of a segment that it replayed long ago
 * @param syncState as the upstream says it: "quorum", "sync", "potential", "async"; empty if unknown
 * @param agentAnswers beside an unknown state: its agent could not look at the node; if not, beside a known one: its upstream says that it
 *     streams
 */
public record NodeStatus(
        NodeName name,
        String host,
        int port,
        Role declaredRole,
        Optional<Role> role,
        NodeState state,
        Optional<Integer> timeline,
        Optional<NodeName> declaredUpstream,
        Optional<NodeName> upstream,
        Optional<Lsn> received,
        Optional<Lsn> replayed,
        Lags lags,
        Optional<String> syncState,
        boolean agentAnswers,
        List<Problem> problems) {
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
        requireNonNull(lags, "lags is null");
        requireNonNull(syncState, "syncState is null");
        problems = List.copyOf(problems);
    }

    /** Whether it does what a primary or a standby is for. */
    public boolean isAtWork() {
        return state.kind() == NodeState.Kind.AT_WORK;
    }

    /**
     * Whether it may run without having been seen to: nobody could look at it, or its server does not answer. What an upstream says of it
     * is no look: the row of a standby that has gone stays there for wal_sender_timeout.
     */
    boolean mayRunUnseen() {
        return state.kind() == NodeState.Kind.UNSEEN || !agentAnswers;
    }

    /** Whether it is at work, and its agent too. */
    public boolean isWell() {
        return isAtWork() && agentAnswers;
    }

    /** Whether it was seen to be primary, whatever the file says. */
    public boolean isPrimary() {
        return role.filter(Role.PRIMARY::equals).isPresent();
    }

    /** Where it stands in the tree: below whom it streams from, else below whom it should. */
    public Optional<NodeName> parent() {
        return isPrimary() ? Optional.empty() : upstream.or(() -> declaredUpstream);
    }

    /** "ok", or that there is none. */
    public String agentWords() {
        return agentAnswers ? "ok" : "no answer";
    }

    /** What is not known of a node that does not run or cannot be seen. */
    static NodeStatus dark(
            NodeName name,
            String host,
            int port,
            Optional<NodeName> declaredUpstream,
            NodeState state,
            boolean agentAnswers,
            List<Problem> why) {
        return new NodeStatus(
                name,
                host,
                port,
                declaredUpstream.isPresent() ? Role.STANDBY : Role.PRIMARY,
                Optional.empty(),
                state,
                Optional.empty(),
                declaredUpstream,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Lags.NONE,
                Optional.empty(),
                agentAnswers,
                why);
    }

    /** The same node, not seen itself, with what its upstream says of it: whoever streams is a standby, and runs. */
    NodeStatus seenOnlyFrom(NodeName from, WalSender sender, Lags measured) {
        return new NodeStatus(
                        name,
                        host,
                        port,
                        declaredRole,
                        Optional.of(Role.STANDBY),
                        NodeState.of(sender),
                        timeline,
                        declaredUpstream,
                        upstream,
                        sender.flushed(),
                        sender.replayed(),
                        lags,
                        syncState,
                        agentAnswers,
                        problems)
                .seenFrom(from, Optional.of(sender), measured);
    }

    /** The same node with what its upstream says of it. */
    NodeStatus seenFrom(NodeName from, Optional<WalSender> sender, Lags measured) {
        return new NodeStatus(
                name,
                host,
                port,
                declaredRole,
                role,
                sender.filter(WalSender::isCatchingUp).isPresent() ? NodeState.CATCHING_UP : state,
                timeline,
                declaredUpstream,
                Optional.of(from),
                received,
                replayed,
                measured,
                sender.map(WalSender::syncState).filter(sync -> !sync.isEmpty()),
                agentAnswers,
                problems);
    }
}
