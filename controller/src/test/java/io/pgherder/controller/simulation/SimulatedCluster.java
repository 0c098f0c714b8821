package io.pgherder.controller.simulation;

import io.pgherder.controller.observation.ClusterObservation;
import io.pgherder.controller.observation.InstanceDirectory;
import io.pgherder.controller.observation.SynchronousStandbys;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.SystemIdentifier;
import io.pgherder.controller.plan.action.Action;
import io.pgherder.controller.plan.action.CloneStandby;
import io.pgherder.controller.plan.action.CreateSlot;
import io.pgherder.controller.plan.action.DropSlot;
import io.pgherder.controller.plan.action.EnsureRole;
import io.pgherder.controller.plan.action.FollowUpstream;
import io.pgherder.controller.plan.action.InitPrimary;
import io.pgherder.controller.plan.action.ReloadSettings;
import io.pgherder.controller.plan.action.ResetSynchronousCommit;
import io.pgherder.controller.plan.action.RestartInstance;
import io.pgherder.controller.plan.action.RestrictPermissions;
import io.pgherder.controller.plan.action.SetAside;
import io.pgherder.controller.plan.action.StartInstance;
import io.pgherder.controller.plan.action.StopInstance;
import io.pgherder.controller.plan.action.Upstream;
import io.pgherder.controller.plan.action.WriteHba;
import io.pgherder.controller.plan.action.WriteSettings;
import io.pgherder.controller.topology.NodeSpec;
import io.pgherder.controller.topology.Topology;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * Nodes in memory that obey the actions of a plan and refuse, as an AssertionError, whatever a real agent or PostgreSQL would refuse or
 * whatever would break a promise: a second primary, data written over, WAL missing, protection lost.
 */
public final class SimulatedCluster {
    static final Set<String> RESTART_SETTINGS = Set.of(
            "hot_standby",
            "listen_addresses",
            "max_connections",
            "max_prepared_transactions",
            "max_replication_slots",
            "recovery_target_timeline",
            "shared_buffers",
            "unix_socket_directories",
            "wal_level",
            "wal_log_hints");
    private static final Set<String> LONG_VERBS = Set.of("InitPrimary", "CloneStandby", "StartInstance");
    private static final SystemIdentifier SYSTEM = SystemIdentifier.parse("7421903344718816021");

    private Topology topology;
    private final Map<NodeName, SimulatedNode> nodes = new LinkedHashMap<>();
    private final Map<String, SimulatedHost> hosts = new LinkedHashMap<>();
    private final SimulatedStreaming streaming = new SimulatedStreaming(this);
    private List<NodeName> streamedAtFirst = List.of();
    private boolean sawProtection;

    public SimulatedCluster(Topology topology) {
        this.topology = topology;
        declare(topology);
    }

    public SimulatedCluster copy() {
        SimulatedCluster copy = new SimulatedCluster(topology);
        nodes.forEach((name, node) -> copy.nodes.put(name, node.copy()));
        copy.sawProtection = sawProtection;
        return copy;
    }

    /** The file has been edited; its nodes are what they were. */
    public void declare(Topology edited) {
        topology = edited;
        sawProtection = false;
        for (NodeSpec node : edited.nodes()) {
            nodes.computeIfAbsent(node.name(), SimulatedNode::new).spec = Optional.of(node);
        }
        edited.hosts().forEach(host -> hosts.computeIfAbsent(host.name(), name -> new SimulatedHost()));
    }

    public SimulatedHost host(String name) {
        return requireNonNull(hosts.get(name), () -> "no host " + name);
    }

    public Topology topology() {
        return topology;
    }

    public SimulatedNode node(NodeName name) {
        return requireNonNull(nodes.get(name), () -> "no node " + name);
    }

    public SimulatedNode node(String name) {
        return node(new NodeName(name));
    }

    public SimulatedStreaming streaming() {
        return streaming;
    }

    Collection<SimulatedNode> nodes() {
        return nodes.values();
    }

    public ClusterObservation observe() {
        return new SimulatedLook(this).observe();
    }

    /** A plan is about to be carried out: who gets the primary's WAL now must never have to stop replaying for it. */
    public void begin() {
        streamedAtFirst = nodes.values().stream()
                .filter(streaming::getsThePrimarysWal)
                .map(node -> node.name)
                .toList();
    }

    boolean streamedAtFirst(NodeName node) {
        return streamedAtFirst.contains(node);
    }

    public void execute(Action action) {
        SimulatedNode node = node(action.node());
        if (action instanceof InitPrimary init) {
            init(node, init);
        } else if (action instanceof CloneStandby clone) {
            clone(node, clone);
        } else if (action instanceof StartInstance start) {
            start(node, start);
        } else if (action instanceof StopInstance) {
            node.stop();
        } else if (action instanceof RestartInstance restart) {
            restart(node, restart);
        } else if (action instanceof ReloadSettings) {
            check(node.running, "a reload of stopped " + node.name);
            reload(node);
        } else if (action instanceof WriteSettings write) {
            check(node.installed, "settings for nothing on " + node.name);
            node.write(write.configuration());
            node.resetAlterSystem(write.reset());
        } else if (action instanceof WriteHba write) {
            check(node.installed, "hba for nothing on " + node.name);
            node.writeHba(write.lines());
            if (node.running) {
                node.reload();
            }
        } else if (action instanceof EnsureRole ensure) {
            check(node.isPrimary(), "a role made on " + node.name + ", which is no running primary");
            node.roles.put(
                    ensure.credentials().user(), ensure.credentials().password().reveal());
            node.roleExpired = false;
        } else if (action instanceof ResetSynchronousCommit reset) {
            check(node.isPrimary(), "a role changed on " + node.name + ", which is no running primary");
            reset.scopes().forEach(node.weakCommits::remove);
        } else if (action instanceof RestrictPermissions restrict) {
            check(node.installed, "the permissions of nothing on " + node.name);
            restrict(node, restrict);
        } else if (action instanceof CreateSlot create) {
            check(node.running, "a slot on stopped " + node.name);
            if (node.lostSlots.remove(create.follower())) {
                node.slots.remove(create.follower());
            }
            node.slots.putIfAbsent(create.follower(), node.wal);
        } else if (action instanceof DropSlot drop) {
            drop(node, drop);
        } else if (action instanceof SetAside) {
            check(node.installed && node.standbySignal, "the data of " + node.name + ", no standby, set aside");
            check(!node.running, "the data of a running server set aside");
            node.losesItsData();
        } else if (action instanceof FollowUpstream follow) {
            follow(node, follow);
        } else {
            throw new AssertionError("an action that no simulated node obeys: " + action);
        }
        timePasses();
    }

    /**
     * The agent is killed in the middle: what then has been done, as far as it can be seen from outside. A file may be written, not loaded.
     */
    public void executeHalf(Action action) {
        SimulatedNode node = node(action.node());
        if (action instanceof FollowUpstream follow) {
            node.follow(follow.upstream());
        } else if (action instanceof WriteSettings write) {
            write.configuration().upstream().ifPresent(node::addPassword);
        } else if (action instanceof WriteHba write) {
            node.writeHba(write.lines());
        } else if (action instanceof RestrictPermissions restrict) {
            restrict(
                    node,
                    new RestrictPermissions(
                            restrict.instance(), restrict.directories().subList(0, 1)));
        } else if (action instanceof RestartInstance) {
            node.stop();
        } else if (action instanceof StartInstance) {
            node.start();
        }
        timePasses();
    }

    /** What was under way is over, except what takes long. */
    public void shortOperationsEnd() {
        nodes.values().forEach(node -> node.operations.removeIf(operation -> !LONG_VERBS.contains(operation.verb())));
    }

    private void init(SimulatedNode node, InitPrimary init) {
        check(nodes.values().stream().noneMatch(each -> each.installed), "an initdb although there is data");
        node.installed = true;
        node.ground.mode = 0700;
        node.ground.walMode = 0700;
        node.standbySignal = false;
        node.shutDownAs = "shut down";
        node.system = SYSTEM;
        node.configure(init.configuration());
    }

    private void clone(SimulatedNode node, CloneStandby clone) {
        check(!node.installed, "a clone over the data of " + node.name);
        SimulatedNode source = node(clone.source().node());
        checkAccepts(source, node, clone.source());
        check(
                clone.source()
                        .credentials()
                        .password()
                        .reveal()
                        .equals(source.roles.get(clone.source().credentials().user())),
                source.name + " knows another password than the copy " + node.name);
        node.installed = true;
        node.ground.mode = 0700;
        node.ground.walMode = 0700;
        node.standbySignal = true;
        node.system = source.system;
        node.timeline = source.timeline;
        node.roles.putAll(source.roles);
        node.wal = source.wal;
        node.replayedConnections = SimulatedStreaming.primarysConnections(source);
        node.shutDownAs = "in production";
        node.slots.clear();
        node.configure(clone.configuration());
    }

    private static void restrict(SimulatedNode node, RestrictPermissions restrict) {
        if (restrict.directories().contains(InstanceDirectory.DATA)) {
            node.ground.mode &= ~0027;
        }
        if (restrict.directories().contains(InstanceDirectory.WAL)) {
            node.ground.walMode &= ~0027;
        }
    }

    private void start(SimulatedNode node, StartInstance start) {
        check(node.installed, "a start of nothing on " + node.name);
        check(node.standbySignal == start.upstream().isPresent(), node.name + " would come up in the wrong role");
        node.start();
        start.upstream().ifPresent(upstream -> checkStreams(node, upstream));
    }

    private void restart(SimulatedNode node, RestartInstance restart) {
        check(node.running, "a restart of stopped " + node.name);
        check(node.standbySignal == restart.upstream().isPresent(), node.name + " would come up in the wrong role");
        check(
                restart.upstream().isEmpty() || onlyThisOneIsAway(node),
                "two standbys away at once, one of them " + node.name);
        node.stop();
        node.start();
        if (node.isPrimary()) {
            streamedAtFirst.stream().filter(topology::declares).forEach(standby -> checkReplays(node(standby), node));
        }
        restart.upstream().ifPresent(upstream -> checkStreams(node, upstream));
    }

    /** Its WAL receiver begins anew if the way to the upstream has changed. */
    private void reload(SimulatedNode node) {
        boolean streamed = streaming.streams(node);
        node.reload();
        check(streaming.streams(node) || !streamed, node.name + " does not stream again after a reload");
    }

    private boolean onlyThisOneIsAway(SimulatedNode restarting) {
        return nodes.values().stream()
                .filter(node -> node.installed && node != restarting && !node.inForce.isEmpty())
                .allMatch(node -> node.running);
    }

    private void follow(SimulatedNode node, FollowUpstream follow) {
        check(node.running && node.standbySignal, node.name + " is no running standby");
        node.follow(follow.upstream());
        node.reload();
        checkStreams(node, follow.upstream().node());
        node.passfile.keySet().retainAll(Set.of(SimulatedNode.Login.of(follow.upstream())));
    }

    private void drop(SimulatedNode node, DropSlot drop) {
        SimulatedNode follower = node(drop.follower());
        check(node.running, "a slot dropped on stopped " + node.name);
        check(
                streaming.upstreamOf(follower).filter(node::equals).isEmpty() || !SimulatedStreaming.usesSlot(follower),
                "the slot of " + follower.name + " on " + node.name + " is in use");
        check(
                follower == node
                        || follower.name.equals(topology.primary())
                        || streaming.streams(follower)
                        || (!topology.declares(follower.name) && !follower.running),
                follower.name + " loses a slot while it does not stream from elsewhere");
        node.slots.remove(drop.follower());
        node.lostSlots.remove(drop.follower());
    }

    /** One that was taken out of the file, and where it would be found. */
    Optional<SimulatedNode> removedAt(int port) {
        return nodes.values().stream()
                .filter(node -> node.spec.filter(spec -> spec.port() == port).isPresent())
                .filter(node -> node.installed && !topology.declares(node.name))
                .findFirst();
    }

    private void checkStreams(SimulatedNode node, NodeName upstream) {
        Upstream inForce = node.upstream.inForce.orElseThrow(() -> new AssertionError(node.name + " has no upstream"));
        SimulatedNode sender = removedAt(inForce.port()).orElseGet(() -> node(inForce.node()));
        check(
                sender.name.equals(upstream) || !topology.declares(sender.name),
                node.name + " streams from " + sender.name + ", not " + upstream);
        checkAccepts(sender, node, inForce);
        check(
                streaming.streams(node),
                node.name + ", which has WAL to " + node.wal + ", does not stream from " + upstream
                        + ", which keeps it for " + node(upstream).slots);
    }

    private void checkAccepts(SimulatedNode source, SimulatedNode node, Upstream connection) {
        check(source.running, source.name + " does not run, " + node.name + " cannot connect");
        check(
                source.roles.containsKey(connection.credentials().user()),
                source.name + " does not know the replication role of " + node.name);
        check(
                topology.hba().isEmpty()
                        || !topology.declares(source.name)
                        || source.hbaInForce.equals(topology.hba().get()),
                source.name + " does not let " + node.name + " in");
        check(
                connection.slot().isEmpty()
                        || (source.slots.containsKey(node.name) && !source.lostSlots.contains(node.name)),
                source.name + " has no usable slot for " + node.name);
    }

    /** The primary writes, what streams follows, and every promise is looked at. */
    public void timePasses() {
        nodes.values().stream().filter(SimulatedNode::isPrimary).forEach(primary -> primary.wal += 10);
        for (int distance = 0; distance < nodes.size(); distance++) {
            nodes.values().stream().filter(streaming::streams).forEach(streaming::receive);
        }
        streaming.connect();
        checkPromises();
    }

    /** Somebody has taken the declared number of copies back. */
    void nothingIsPromised() {
        sawProtection = false;
    }

    /** @see AsDeclared */
    public void checkIsAsDeclared() {
        AsDeclared.check(this);
    }

    private void checkPromises() {
        List<SimulatedNode> primaries =
                nodes.values().stream().filter(SimulatedNode::isPrimary).toList();
        check(primaries.size() < 2, "more than one primary");
        for (SimulatedNode primary : primaries) {
            checkProtection(primary);
        }
    }

    /** Once the declared number of copies was required, it is never less. */
    private void checkProtection(SimulatedNode primary) {
        String declared = topology.synchronous().standbyNamesOn(primary.name);
        boolean required =
                AsDeclared.isSameRule(primary.inForce.getOrDefault(SynchronousStandbys.SETTING, ""), declared);
        check(required || !sawProtection, "commits on " + primary.name + " are protected less than declared");
        sawProtection |= required;
    }

    private static void checkReplays(SimulatedNode standby, SimulatedNode primary) {
        check(
                standby.connections() >= primary.connections(),
                standby.name + " stops replaying: max_connections " + standby.connections() + " < "
                        + primary.connections());
    }

    static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
