package io.pgherder.controller.report;

import io.pgherder.controller.drift.Measured;
import io.pgherder.controller.drift.Shortage;
import io.pgherder.controller.observation.ClusterObservation;
import io.pgherder.controller.observation.Confirmations;
import io.pgherder.controller.observation.HostObservation.Answered;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.NodeObservation;
import io.pgherder.controller.observation.NodeObservation.Empty;
import io.pgherder.controller.observation.NodeObservation.Seen;
import io.pgherder.controller.observation.NodeObservation.Unreachable;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.Setting;
import io.pgherder.controller.observation.ServerFacts.WalReceiver;
import io.pgherder.controller.observation.ServerFacts.WalSender;
import io.pgherder.controller.observation.StreamingTree;
import io.pgherder.controller.observation.SynchronousStandbys;
import io.pgherder.controller.pgvalue.Lsn;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.SynchronousCommit;
import io.pgherder.controller.plan.Limit;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.report.ClusterStatus.Quorum;
import io.pgherder.controller.topology.NodeSpec;
import io.pgherder.controller.topology.Topology;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/** Makes a status of what was seen: who streams from whom, how far behind, and whether commits can succeed. Pure. */
public final class StatusView {
    private final Topology topology;
    private final ClusterObservation seen;
    private final StreamingTree tree;
    private final Instant now;
    private final Limit limit;

    public StatusView(Topology topology, ClusterObservation seen, Instant now) {
        this(topology, seen, now, Limit.NONE);
    }

    /** @param limit the nodes that are shown; what is said of the whole cluster goes by all of them */
    public StatusView(Topology topology, ClusterObservation seen, Instant now, Limit limit) {
        this.topology = requireNonNull(topology, "topology is null");
        this.seen = requireNonNull(seen, "seen is null");
        this.tree = new StreamingTree(topology, seen::server);
        this.now = requireNonNull(now, "now is null");
        this.limit = requireNonNull(limit, "limit is null");
    }

    public ClusterStatus status() {
        List<NodeName> primaries = tree.primaries();
        Optional<NodeName> primary = primaries.size() == 1 ? Optional.of(primaries.get(0)) : Optional.empty();
        int answered =
                (int) seen.hosts().stream().filter(Answered.class::isInstance).count();
        return new ClusterStatus(
                topology.cluster(),
                new Situation(topology, seen).systemIdentifier(),
                primaries,
                quorum(primary),
                primary.flatMap(seen::server).flatMap(ServerFacts::sessionsEnd),
                topology.nodes().stream().map(this::node).toList(),
                limit,
                seen.hosts().size(),
                answered);
    }

    private Quorum quorum(Optional<NodeName> primary) {
        SynchronousStandbys declared =
                SynchronousStandbys.declared(topology.synchronous(), primary.orElse(topology.primary()));
        Optional<ServerFacts> server = primary.flatMap(seen::server);
        Optional<SynchronousStandbys> inForce = server.flatMap(SynchronousStandbys::waitedFor);
        SynchronousStandbys rule = inForce.orElse(declared);
        return new Quorum(
                declared,
                inForce,
                server.flatMap(facts -> facts.setting(SynchronousCommit.SETTING))
                        .map(Setting::value),
                server.map(rule::confirmations).orElseGet(() -> Confirmations.ofNobody(rule)),
                server.map(ServerFacts::waitingSessions).orElse(0),
                server.flatMap(ServerFacts::waitingSince).map(since -> age(since, primary.orElse(topology.primary()))));
    }

    /** Of a moment that the clock of the node's host has told. */
    private Duration age(Instant theirs, NodeName node) {
        Duration offset = seen.host(topology.node(node).host()) instanceof Answered answered
                ? answered.clockOffset()
                : Duration.ZERO;
        Duration age = Duration.between(theirs, now.plus(offset));
        return age.isNegative() ? Duration.ZERO : age;
    }

    private NodeStatus node(NodeSpec node) {
        NodeObservation observed = seen.node(node.name());
        if (observed instanceof Unreachable unreachable) {
            return unseen(node, unreachable);
        }
        if (observed instanceof Empty empty) {
            return dark(node, empty.operations().isEmpty() ? NodeState.ABSENT : NodeState.BEING_MADE, true, List.of());
        }
        Seen instance = (Seen) observed;
        Optional<ServerFacts> server = instance.instance().server();
        return server.map(facts -> running(node, instance.instance(), facts))
                .orElseGet(() -> dark(
                        node,
                        processState(instance.instance()),
                        true,
                        instance.instance().problems()));
    }

    /** Whether its agent is silent, or answered and could not look at the node, are different things to mend. */
    private NodeStatus unseen(NodeSpec node, Unreachable unreachable) {
        if (seen.host(node.host()) instanceof Answered) {
            return dark(node, NodeState.UNKNOWN, true, List.of(couldNotLookAt(node, unreachable.why())));
        }
        return asItsUpstreamSeesIt(dark(node, NodeState.UNKNOWN, false, List.of(unreachable.why())));
    }

    /** Its agent cannot say whether it runs. Where it streams from, that is seen; where two say so, the declared upstream is believed. */
    private NodeStatus asItsUpstreamSeesIt(NodeStatus unseen) {
        return Stream.concat(
                        unseen.declaredUpstream().stream(),
                        topology.nodes().stream().map(NodeSpec::name))
                .flatMap(upstream -> seenFrom(unseen, upstream).stream())
                .findFirst()
                .orElse(unseen);
    }

    private Optional<NodeStatus> seenFrom(NodeStatus unseen, NodeName upstream) {
        return tree.sender(upstream, unseen.name())
                .map(sender -> unseen.seenOnlyFrom(
                        upstream, sender, lags(upstream, unseen.name(), Optional.of(sender), sender.flushed())));
    }

    private static Problem couldNotLookAt(NodeSpec node, Problem why) {
        return new Problem(
                why.code(),
                "could not look at " + node.name() + ": " + why.summary(),
                why.details(),
                why.hint(),
                why.subject(),
                why.place(),
                why.toolOutput());
    }

    private NodeStatus dark(NodeSpec node, NodeState state, boolean agentAnswers, List<Problem> problems) {
        return NodeStatus.dark(
                node.name(), node.host(), node.port(), topology.upstreamOf(node.name()), state, agentAnswers, problems);
    }

    private static NodeState processState(InstanceState instance) {
        return switch (instance.process()) {
            case STOPPED -> NodeState.STOPPED;
            case STARTING -> NodeState.STARTING;
            case CLOSED -> NodeState.CLOSED;
            case ACCEPTING -> NodeState.NOT_ANSWERING;
            case STOPPING -> NodeState.STOPPING;
            case UNKNOWN -> NodeState.UNKNOWN;
        };
    }

    private NodeStatus running(NodeSpec node, InstanceState instance, ServerFacts server) {
        NodeStatus status = new NodeStatus(
                node.name(),
                node.host(),
                node.port(),
                declaredRole(node),
                Optional.of(server.inRecovery() ? Role.STANDBY : Role.PRIMARY),
                server.inRecovery()
                        ? server.walReceiver().map(NodeState::of).orElse(NodeState.NOT_STREAMING)
                        : NodeState.RUNNING,
                Optional.of(server.timeline()),
                topology.upstreamOf(node.name()),
                Optional.empty(),
                server.flushed(),
                server.replayed(),
                Lags.NONE,
                Optional.empty(),
                true,
                Stream.of(
                                whyNotStreaming(node, server).stream(),
                                pausedReplay(node, server).stream(),
                                standbysAhead(node, server),
                                silentStandbys(node, server),
                                instance.problems().stream())
                        .flatMap(problems -> problems)
                        .toList());
        return tree.streamsFrom(node.name())
                .map(upstream -> {
                    Optional<WalSender> sender = tree.sender(upstream, node.name());
                    return status.seenFrom(upstream, sender, lags(upstream, node.name(), sender, status.received()));
                })
                .orElse(status);
    }

    private Lags lags(NodeName upstream, NodeName standby, Optional<WalSender> sender, Optional<Lsn> received) {
        return Lags.of(behind(upstream, received), sender, tree.replayLag(upstream, standby));
    }

    /** A standby that receives nothing is as still as a stopped one, and nobody but its log says why. */
    private Optional<Problem> whyNotStreaming(NodeSpec node, ServerFacts server) {
        if (!server.inRecovery()
                || server.walReceiver().filter(WalReceiver::isStreaming).isPresent()) {
            return Optional.empty();
        }
        String receiver = server.walReceiver()
                .map(there -> "its WAL receiver is \"" + there.status() + "\"")
                .orElse("no WAL receiver runs");
        String upstream =
                topology.upstreamOf(node.name()).map(name -> " from " + name).orElse("");
        return Optional.of(
                Problem.of(StatusProblem.NOT_STREAMING, node.name() + " does not stream" + upstream + ": " + receiver)
                        .about(node.name().value())
                        .hint("the log of " + node.name() + " says what its attempts to connect end with"));
    }

    /** By somebody, or by the server itself, where its primary has more of a setting than it has: to resume it then would shut it down. */
    private Optional<Problem> pausedReplay(NodeSpec node, ServerFacts server) {
        return Optional.of(server)
                .filter(ServerFacts::replayPaused)
                .map(paused -> Problem.of(
                                StatusProblem.REPLAY_PAUSED,
                                node.name() + " has paused replay"
                                        + paused.replayed()
                                                .map(at -> " at " + at)
                                                .orElse(""))
                        .about(node.name().value())
                        .hint(Shortage.of(new Situation(topology, seen), node.name())
                                .findFirst()
                                .map(less -> less.setting() + " is " + less.own() + " here, and " + less.theirs()
                                        + " on "
                                        + less.upstream() + ": do not resume it, which would shut it down; it goes on"
                                        + " once it has restarted with as much")
                                .orElse(
                                        "SELECT pg_wal_replay_resume() goes on; if its log names settings, they are smaller"
                                                + " than its primary's")));
    }

    private static Stream<Problem> standbysAhead(NodeSpec node, ServerFacts server) {
        return server.walSenders().stream()
                .filter(WalSender::isAhead)
                .map(sender -> Problem.of(
                                StatusProblem.AHEAD_OF_PRIMARY,
                                sender.applicationName() + " has WAL that " + node.name() + " lacks: "
                                        + sender.flushed().map(Lsn::toString).orElse("more"))
                        .about(node.name().value())
                        .hint("was " + node.name() + " restored from an older copy? A plan says what can be done"));
    }

    /** The WAL receiver of such a one may be stopped while its server answers its agent. */
    private Stream<Problem> silentStandbys(NodeSpec node, ServerFacts server) {
        if (server.inRecovery()) {
            return Stream.empty();
        }
        return SynchronousStandbys.waitedFor(server, topology.synchronous(), node.name())
                .confirmations(server)
                .silent()
                .values()
                .stream()
                .flatMap(sender -> sender.silentFor().map(lastAnswer -> silent(node, sender, lastAnswer)).stream());
    }

    private Problem silent(NodeSpec node, WalSender sender, Duration lastAnswer) {
        String host = topology.nodes().stream()
                .filter(each -> sender.isCalled(each.name()))
                .findFirst()
                .map(NodeSpec::host)
                .orElse("its host");
        return Problem.of(
                        StatusProblem.SILENT,
                        sender.applicationName() + " streams from " + node.name()
                                + ", and does not confirm what it was sent; its last answer is "
                                + Measured.seconds(lastAnswer) + " old by its own clock")
                .about(node.name().value())
                .hint("look on " + host + ": is a process stopped, does a disk hang? Or is the network to it dead?");
    }

    /** A cascade is measured from what its upstream has, another standby from what the primary has flushed. */
    private Optional<Long> behind(NodeName upstream, Optional<Lsn> received) {
        return seen.server(upstream)
                .flatMap(ServerFacts::flushed)
                .flatMap(ahead -> received.map(at -> Math.max(0, ahead.bytesAheadOf(at))));
    }

    private Role declaredRole(NodeSpec node) {
        return node.name().equals(topology.primary()) ? Role.PRIMARY : Role.STANDBY;
    }
}
