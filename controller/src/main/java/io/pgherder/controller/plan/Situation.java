package io.pgherder.controller.plan;

import io.pgherder.controller.drift.Conninfo;
import io.pgherder.controller.drift.HbaDrift;
import io.pgherder.controller.drift.ManagedFile;
import io.pgherder.controller.drift.SettingsDrift;
import io.pgherder.controller.observation.ClusterObservation;
import io.pgherder.controller.observation.ControlFile;
import io.pgherder.controller.observation.Ground;
import io.pgherder.controller.observation.HostObservation;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.InstanceState.ProcessState;
import io.pgherder.controller.observation.NodeObservation;
import io.pgherder.controller.observation.RunningOperation;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.Slot;
import io.pgherder.controller.observation.ServerFacts.WalReceiver;
import io.pgherder.controller.observation.StreamingTree;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.SystemIdentifier;
import io.pgherder.controller.plan.Condition.HbaInForce;
import io.pgherder.controller.plan.Condition.Installed;
import io.pgherder.controller.plan.Condition.RoleReady;
import io.pgherder.controller.plan.Condition.Running;
import io.pgherder.controller.plan.Condition.SettingsWritten;
import io.pgherder.controller.plan.Condition.SlotExists;
import io.pgherder.controller.plan.Condition.Streams;
import io.pgherder.controller.plan.action.InstanceAddress;
import io.pgherder.controller.topology.NodeSpec;
import io.pgherder.controller.topology.Topology;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * Topology and observation side by side, with the questions that rules and safety checks ask. What an operation is just bringing about
 * counts as not there yet, so that the plan contains the step and attaches it to that operation.
 */
public final class Situation {
    private static final Set<String> CREATING = Set.of("InitPrimary", "CloneStandby");
    private static final Set<String> STARTING = Set.of("StartInstance");
    private static final Set<String> MOVING = Set.of("FollowUpstream");

    private final Topology topology;
    private final ClusterObservation seen;

    public Situation(Topology topology, ClusterObservation seen) {
        this.topology = requireNonNull(topology, "topology is null");
        this.seen = requireNonNull(seen, "seen is null");
    }

    public Topology topology() {
        return topology;
    }

    /** In the file's order. */
    public List<NodeName> nodes() {
        return topology.nodes().stream().map(NodeSpec::name).toList();
    }

    /** All but the declared primary, in the file's order. */
    public List<NodeName> standbys() {
        return nodes().stream().filter(node -> !node.equals(primary())).toList();
    }

    /** Who should hold the role. */
    public NodeName primary() {
        return topology.primary();
    }

    /** Who streams from whom; a server that is just being started counts as not there yet. */
    public StreamingTree tree() {
        return new StreamingTree(topology, this::server);
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

    /** Where the node stands or would stand; empty if that could not be seen. */
    public Optional<Ground> ground(NodeName node) {
        NodeObservation observation = seen.node(node);
        if (observation instanceof NodeObservation.Seen instance) {
            return Optional.of(instance.ground());
        }
        return observation instanceof NodeObservation.Empty empty ? Optional.of(empty.ground()) : Optional.empty();
    }

    /** The agent's record of an instance that it installed where now there is none. */
    public Optional<String> vanishedRecord(NodeName node) {
        return isToBeMade(node) ? ground(node).flatMap(Ground::vanishedRecord) : Optional.empty();
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

    public InstanceAddress address(NodeName node) {
        return InstanceAddress.of(topology, node);
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

    private boolean isUnderWay(NodeName node, Set<String> verbs) {
        return operations(node).stream().anyMatch(operation -> verbs.contains(operation.verb()));
    }

    /** Whom its pgherder.conf tells it to stream from, if that is a node of this cluster, by whatever address it is to reach that. */
    public Optional<NodeName> configuredUpstream(NodeName standby) {
        return configuredByDeclaredAddress(standby)
                .or(() -> configuredConninfo(standby)
                        .flatMap(Conninfo::port)
                        .flatMap(port -> onlyReserverFor(standby, port)));
    }

    private Optional<NodeName> configuredByDeclaredAddress(NodeName standby) {
        return configuredConninfo(standby).flatMap(this::nodeAt).filter(upstream -> !upstream.equals(standby));
    }

    /** The only one on that port; of several, the only one that has a slot for it. */
    private Optional<NodeName> onlyReserverFor(NodeName standby, int port) {
        List<NodeName> there = topology.nodes().stream()
                .filter(node -> node.port() == port)
                .map(NodeSpec::name)
                .filter(node -> !node.equals(standby))
                .toList();
        List<NodeName> reserving = there.size() == 1
                ? there
                : there.stream().filter(node -> hasSlot(node, standby)).toList();
        return reserving.size() == 1 ? Optional.of(reserving.get(0)) : Optional.empty();
    }

    Optional<Conninfo> configuredConninfo(NodeName standby) {
        return managedFile(standby).flatMap(ManagedFile::upstream);
    }

    private Optional<ManagedFile> managedFile(NodeName node) {
        return instance(node).flatMap(InstanceState::managedSettings).map(ManagedFile::of);
    }

    private Optional<NodeName> nodeAt(Conninfo upstream) {
        return upstream.host().flatMap(host -> upstream.port().flatMap(port -> topology.nodeAt(host, port)));
    }

    /** @throws IllegalArgumentException if the node is the primary */
    public NodeName declaredUpstream(NodeName standby) {
        return topology.upstreamOf(standby)
                .orElseThrow(() -> new IllegalArgumentException("the primary has no upstream: " + standby));
    }

    /** Whom the standby streams from before it moves to its declared upstream. */
    public NodeName firstUpstream(NodeName standby) {
        return new FirstUpstream(this, standby).node();
    }

    /** Whether the standby does not stream, and has to do so from its first upstream before it can follow the declared one. */
    public boolean startsElsewhere(NodeName standby) {
        return new FirstUpstream(this, standby).comesBeforeTheDeclared();
    }

    /** Whom it streams from now, or once the steps have begun that make it: its declared upstream, unless it has to start elsewhere. */
    public NodeName streamsFirstFrom(NodeName standby) {
        return tree().streamsFrom(standby)
                .orElseGet(() -> startsElsewhere(standby) ? firstUpstream(standby) : declaredUpstream(standby));
    }

    public boolean hasSlot(NodeName node, NodeName follower) {
        return slot(node, follower).isPresent();
    }

    /**
     * It has the follower's slot, and that is of use: somebody streams by it, or it keeps WAL. One that nobody uses and that lost its WAL
     * is made anew by whoever creates it again.
     */
    public boolean hasUsableSlot(NodeName node, NodeName follower) {
        return slot(node, follower)
                .filter(slot -> slot.active() || slot.keepsWal())
                .isPresent();
    }

    /** It has the follower's slot, and has thrown away nothing of what that is to keep. */
    public boolean keepsWalFor(NodeName node, NodeName follower) {
        return slot(node, follower).filter(Slot::keepsWal).isPresent();
    }

    private Optional<Slot> slot(NodeName node, NodeName follower) {
        return server(node)
                .flatMap(server -> server.slot(follower.value()))
                .filter(slot -> slot.physical() && !slot.temporary());
    }

    public SettingsDrift settingsDrift(NodeName node) {
        InstanceState instance =
                instance(node).orElseThrow(() -> new IllegalArgumentException("no instance to compare: " + node));
        return SettingsDrift.of(topology, node, instance);
    }

    /**
     * Whether pgherder.conf is as declared, has a standby log in as the declared role, and sends a stopped one to its first upstream.
     * Where a running one streams is no matter of this file's text but of {@link StreamingTree#streamsFrom}.
     */
    public boolean isWritten(NodeName node) {
        if (!settingsDrift(node).isWritten() || loginRole(node).otherInFile().isPresent()) {
            return false;
        }
        if (node.equals(primary())) {
            return configuredByDeclaredAddress(node).isEmpty();
        }
        return runs(node)
                || (configuredByDeclaredAddress(node).equals(Optional.of(firstUpstream(node)))
                        && configuredSlot(node)
                                .equals(topology.replication().slotOf(node).orElse("")));
    }

    /**
     * Whether any reload would make it leave where it streams: pgherder.conf, which it has not read since, sends it elsewhere or to another
     * slot. Not while an operation does just that.
     */
    public boolean leavesOnReload(NodeName standby) {
        return tree().streamingReceiver(standby)
                        .filter(receiver -> !isSentTo(standby, receiver))
                        .isPresent()
                && !settingsDrift(standby).loaded()
                && !isUnderWay(standby, MOVING);
    }

    private boolean isSentTo(NodeName standby, WalReceiver receiver) {
        return configuredSlot(standby).equals(receiver.slot())
                && configuredConninfo(standby)
                        .filter(conninfo -> conninfo.host().equals(Optional.of(receiver.senderHost()))
                                && conninfo.port().equals(Optional.of(receiver.senderPort())))
                        .isPresent();
    }

    /** Which slot its pgherder.conf tells it to use; empty: none. */
    public String configuredSlot(NodeName standby) {
        return managedFile(standby)
                .flatMap(file -> file.value("primary_slot_name"))
                .orElse("");
    }

    /** Which slot it uses now; of one that does not stream, which its files tell it to use. Empty: none. */
    public String presentSlot(NodeName standby) {
        return tree().receiver(standby).map(WalReceiver::slot).orElseGet(() -> configuredSlot(standby));
    }

    public LoginRole loginRole(NodeName node) {
        return new LoginRole(this, node);
    }

    public PasswordFile passwordFile(NodeName node) {
        return new PasswordFile(this, node);
    }

    /** Whether it is already true, without any step of a plan. */
    public boolean holds(Condition condition) {
        if (condition instanceof Installed installed) {
            return isInstalled(installed.node());
        }
        if (condition instanceof Running running) {
            return runs(running.node());
        }
        if (condition instanceof RoleReady ready) {
            return ReplicationLogin.isReadyOn(this, ready.node());
        }
        if (condition instanceof HbaInForce hba) {
            return instance(hba.node())
                    .filter(instance -> HbaDrift.isInForce(topology, instance))
                    .isPresent();
        }
        if (condition instanceof SettingsWritten written) {
            return isInstalled(written.node()) && isWritten(written.node());
        }
        if (condition instanceof SlotExists slot) {
            return hasUsableSlot(slot.node(), slot.follower());
        }
        if (condition instanceof Streams streams) {
            return tree().streamsFrom(streams.standby())
                    .filter(streams.upstream()::equals)
                    .isPresent();
        }
        throw new AssertionError("a condition that nobody can judge: " + condition);
    }
}
