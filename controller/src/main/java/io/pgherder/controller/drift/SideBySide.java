package io.pgherder.controller.drift;

import io.pgherder.controller.observation.ClusterObservation;
import io.pgherder.controller.observation.ConfigDirectory;
import io.pgherder.controller.observation.ControlFile;
import io.pgherder.controller.observation.Ground;
import io.pgherder.controller.observation.HostObservation;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.InstanceState.ProcessState;
import io.pgherder.controller.observation.NodeObservation;
import io.pgherder.controller.observation.RunningOperation;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.StreamingTree;
import io.pgherder.controller.pgvalue.Lsn;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.SystemIdentifier;
import io.pgherder.controller.topology.NodeSpec;
import io.pgherder.controller.topology.Topology;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * Topology and observation side by side, with the questions that whoever compares them asks. What an operation is just bringing about
 * counts as not there yet.
 */
public class SideBySide {
    private static final Set<String> CREATING = Set.of("InitPrimary", "CloneStandby");
    private static final Set<String> STARTING = Set.of("StartInstance");

    private final Topology topology;
    private final ClusterObservation seen;
    private final List<NodeName> nodes;
    /** Nearly everybody asks for these four, and nothing here changes. */
    private Optional<StreamingTree> tree = Optional.empty();

    private Optional<List<NodeName>> primaries = Optional.empty();

    private final Map<NodeName, ManagedFile> managedFiles = new HashMap<>();

    private final Map<NodeName, SettingsDrift> settingsDrifts = new HashMap<>();

    public SideBySide(Topology topology, ClusterObservation seen) {
        this.topology = requireNonNull(topology, "topology is null");
        this.seen = requireNonNull(seen, "seen is null");
        this.nodes = topology.nodes().stream().map(NodeSpec::name).toList();
    }

    public Topology topology() {
        return topology;
    }

    /** In the file's order. */
    public List<NodeName> nodes() {
        return nodes;
    }

    /** All but the declared primary, in the file's order. */
    public List<NodeName> standbys() {
        return nodes().stream().filter(node -> !node.equals(primary())).toList();
    }

    /** Those that were taken out of the file, as far as their hosts are still in it. */
    public List<RemovedNode> removedNodes() {
        return RemovedNode.of(this);
    }

    /** Who should hold the role. */
    public NodeName primary() {
        return topology.primary();
    }

    /** Who streams from whom; a server that is just being started counts as not there yet. */
    public StreamingTree tree() {
        if (tree.isEmpty()) {
            tree = Optional.of(new StreamingTree(topology, this::server));
        }
        return tree.get();
    }

    /** The node that really is primary, as far as is seen; empty if none or more than one is. */
    public Optional<NodeName> actualPrimary() {
        if (primaries.isEmpty()) {
            primaries = Optional.of(tree().primaries());
        }
        List<NodeName> all = primaries.get();
        return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
    }

    /**
     * Whom the node should stream from as things are: what it declares, else whoever really is primary. Empty for that one itself, and for the
     * declared primary while nobody else is.
     */
    public Optional<NodeName> expectedUpstream(NodeName node) {
        NodeName root = actualPrimary().orElse(primary());
        if (node.equals(root)) {
            return Optional.empty();
        }
        return Optional.of(topology.node(node)
                .follows()
                .filter(upstream -> !upstream.equals(node))
                .orElse(root));
    }

    /** What its pgherder.conf holds; nothing if there is none. */
    public ManagedFile managedFile(NodeName node) {
        return managedFiles.computeIfAbsent(
                node,
                name -> instance(name)
                        .flatMap(InstanceState::managedSettings)
                        .map(ManagedFile::of)
                        .orElse(ManagedFile.NONE));
    }

    /** Whether it is the declared primary, and its pgherder.conf names an upstream all the same. While it is a standby that has to. */
    public boolean isUpstreamLeftOver(NodeName node) {
        boolean isStandby = server(node)
                .map(ServerFacts::inRecovery)
                .or(() -> instance(node).map(InstanceState::standbySignal))
                .orElse(false);
        return node.equals(primary())
                && !isStandby
                && managedFile(node).upstream().isPresent();
    }

    /**
     * Whether it was a primary when it ran last, and comes up as a standby: somebody has moved the role. A copy that has not been started yet
     * has its source's control file, and a file that says whom to follow.
     */
    public boolean wasPrimary(NodeName node) {
        return instance(node)
                .filter(instance -> instance.standbySignal() && !runs(node))
                .flatMap(InstanceState::control)
                .filter(control -> control.isOfAPrimaryShutDown()
                        || (control.isOfARunningPrimary()
                                && managedFile(node).upstream().isEmpty()))
                .isPresent();
    }

    /** What its pgherder.conf should say, but for what it follows. */
    public SortedMap<String, String> writtenOn(NodeName node) {
        return SettingsDrift.writtenOn(ownLines(node));
    }

    /** What the agent writes into its pgherder.conf by itself. */
    public OwnLines ownLines(NodeName node) {
        return new OwnLines(
                topology,
                node,
                answerOf(node).map(HostObservation.Answered::socketDir).filter(directory -> !directory.isEmpty()));
    }

    public Subject subject(NodeName node) {
        return new Subject(Optional.of(node), topology.node(node).host());
    }

    /** The running primary's, else that of whoever has one; empty while no instance exists. */
    public Optional<SystemIdentifier> systemIdentifier() {
        return Stream.of(tree().primaries(), List.of(primary()), nodes())
                .flatMap(List::stream)
                .flatMap(node -> systemOf(node).stream())
                .findFirst();
    }

    public Optional<SystemIdentifier> systemOf(NodeName node) {
        return instance(node).flatMap(InstanceState::control).map(ControlFile::systemIdentifier);
    }

    /** The latest that the node has seen, by its server or else by its control file. */
    public Optional<Integer> timelineOf(NodeName node) {
        return server(node)
                .map(ServerFacts::timeline)
                .or(() -> instance(node).flatMap(InstanceState::control).map(ControlFile::timeline));
    }

    /** Up to where the standby has WAL, at least; empty if that is not known, or is of another system, timeline or history than the primary's. */
    public Optional<Lsn> farthestOnTimelineOf(NodeName primary, NodeName standby) {
        boolean isComparable = systemOf(standby).equals(systemOf(primary))
                && timelineOf(standby).equals(timelineOf(primary));
        return Optional.of(standby)
                .filter(node ->
                        isComparable && PartedHistory.of(this, primary, node).isEmpty())
                .flatMap(node -> server(node)
                        .flatMap(ServerFacts::flushed)
                        .or(() -> instance(node)
                                .flatMap(InstanceState::control)
                                .flatMap(ControlFile::minimumRecoveryEnd)));
    }

    /** Where the node stands or would stand; empty if that could not be seen. */
    public Optional<Ground> ground(NodeName node) {
        NodeObservation observation = seen.node(node);
        if (observation instanceof NodeObservation.Seen instance) {
            return Optional.of(instance.ground());
        }
        return observation instanceof NodeObservation.Empty empty ? Optional.of(empty.ground()) : Optional.empty();
    }

    /** Where its server reads its configuration, if that is another directory than the declared one. */
    public Optional<String> configurationElsewhere(NodeName node) {
        return ground(node).flatMap(Ground::configDirectory).flatMap(ConfigDirectory::elsewhere);
    }

    public List<HostObservation> hosts() {
        return List.copyOf(seen.hosts());
    }

    public Optional<HostObservation.Answered> answerOf(NodeName node) {
        return seen.host(topology.node(node).host()) instanceof HostObservation.Answered answered
                ? Optional.of(answered)
                : Optional.empty();
    }

    public NodeObservation observation(NodeName node) {
        return seen.node(node);
    }

    /** There is no instance, and we know it; or it is just being made. */
    public boolean isEmpty(NodeName node) {
        return seen.node(node) instanceof NodeObservation.Empty || isBeingMade(node);
    }

    /** An agent is at it, or has it in hand: the directories are its own. */
    public boolean isBeingMade(NodeName node) {
        return isUnderWay(node, CREATING);
    }

    /** There is no instance, and nobody is making one. */
    public boolean isToBeMade(NodeName node) {
        return isEmpty(node) && !isBeingMade(node);
    }

    /** The agent's record of an instance that it installed where now there is none. */
    public Optional<String> vanishedRecord(NodeName node) {
        return isToBeMade(node) ? ground(node).flatMap(Ground::vanishedRecord) : Optional.empty();
    }

    public boolean isInstalled(NodeName node) {
        return seen.node(node) instanceof NodeObservation.Seen && !isEmpty(node);
    }

    /** Its server answers. */
    public boolean runs(NodeName node) {
        return server(node).isPresent();
    }

    public Optional<InstanceState> instance(NodeName node) {
        return isInstalled(node) ? seen.instance(node) : Optional.empty();
    }

    public Optional<ServerFacts> server(NodeName node) {
        return instance(node)
                .filter(instance -> instance.process() == ProcessState.ACCEPTING && !isUnderWay(node, STARTING))
                .flatMap(InstanceState::server);
    }

    public List<RunningOperation> operations(NodeName node) {
        NodeObservation observation = seen.node(node);
        if (observation instanceof NodeObservation.Seen instance) {
            return instance.operations();
        }
        return observation instanceof NodeObservation.Empty empty ? empty.operations() : List.of();
    }

    /** Whether an operation of one of these verbs is running on the node. */
    protected boolean isUnderWay(NodeName node, Set<String> verbs) {
        return operations(node).stream().anyMatch(operation -> verbs.contains(operation.verb()));
    }

    /** @throws IllegalArgumentException if the node is the primary */
    public NodeName declaredUpstream(NodeName standby) {
        return topology.upstreamOf(standby)
                .orElseThrow(() -> new IllegalArgumentException("the primary has no upstream: " + standby));
    }

    /** How far below the primary the node is, going by these upstreams; at most the number of nodes, should they lead in a circle. */
    public int depth(NodeName node, UnaryOperator<NodeName> upstreams) {
        int depth = 0;
        for (NodeName at = node; !at.equals(primary()) && depth < nodes().size(); at = upstreams.apply(at)) {
            depth++;
        }
        return depth;
    }

    /** @throws IllegalArgumentException if there is no instance to compare */
    public SettingsDrift settingsDrift(NodeName node) {
        InstanceState instance =
                instance(node).orElseThrow(() -> new IllegalArgumentException("no instance to compare: " + node));
        return settingsDrifts.computeIfAbsent(node, name -> SettingsDrift.of(ownLines(name), instance));
    }
}
