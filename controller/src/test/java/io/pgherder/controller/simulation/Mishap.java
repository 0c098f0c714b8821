package io.pgherder.controller.simulation;

import io.pgherder.controller.observation.SynchronousStandbys;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.SessionScope;
import io.pgherder.controller.plan.action.Upstream;
import io.pgherder.controller.topology.NodeSpec;
import io.pgherder.controller.topology.Topology;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/** What befalls a node, or is done to it by hand. One plan mends each of them, and many at once. */
public enum Mishap {
    SERVER_DIES(3, Mishap::mayStop, (cluster, node, random) -> node.stop()),
    DISK_IS_LOST(
            5,
            (cluster, node) -> mayStop(cluster, node) && isLeaf(cluster, node),
            (cluster, node, random) -> node.losesItsData()),
    LINE_IS_EDITED(6, Mishap::isInstalled, (cluster, node, random) -> node.edit("work_mem", "999MB")),
    LINE_FOR_A_RESTART_IS_ADDED_AND_RELOADED(8, Mishap::canReload, (cluster, node, random) -> {
        node.edit("shared_buffers", "1GB");
        node.reload();
    }),
    LINE_FOR_A_RESTART_IS_EDITED_AND_RELOADED(8, Mishap::isStandbyThatCanReload, (cluster, node, random) -> {
        node.edit("max_connections", "300");
        node.reload();
    }),
    FILE_IS_DAMAGED(8, Mishap::isInstalled, (cluster, node, random) -> node.damage("this is garbage ]][")),
    INCLUDE_IS_LOST(8, Mishap::always, (cluster, node, random) -> node.included = false),
    STARTS_WITHOUT_CONNECTIONS(10, Mishap::isInstalled, (cluster, node, random) -> node.edit("hot_standby", "off")),
    STAYS_ON_ITS_TIMELINE(
            10, Mishap::isInstalled, (cluster, node, random) -> node.edit("recovery_target_timeline", "current")),
    WAS_STARTED_TO_STAY_ON_ITS_TIMELINE(10, Mishap::isStandbyThatCanReload, (cluster, node, random) -> {
        node.wasNotLoaded("recovery_target_timeline", "current");
        node.reload();
    }),
    LINE_OF_THE_AGENT_IS_GONE(
            10,
            Mishap::isInstalled,
            (cluster, node, random) ->
                    node.losesLine(random.nextBoolean() ? "unix_socket_directories" : "cluster_name")),
    SET_BY_ALTER_SYSTEM(8, Mishap::canReload, (cluster, node, random) -> node.alterSystem("work_mem", "7MB")),
    ALTER_SYSTEM_IS_RESET_AND_NOT_READ(8, Mishap::canReload, (cluster, node, random) -> {
        node.alterSystem("work_mem", "7MB");
        node.resetAlterSystem(List.of("work_mem"));
    }),
    SET_BY_ALTER_SYSTEM_FOR_A_RESTART(
            10, Mishap::isStandbyThatCanReload, (cluster, node, random) -> node.alterSystem("max_connections", "300")),
    HBA_IS_EDITED(
            6, Mishap::isInstalled, (cluster, node, random) -> node.writeHba(List.of("host all all 0.0.0.0/0 trust"))),
    HBA_IS_EDITED_AND_RELOADED(8, Mishap::canReload, (cluster, node, random) -> {
        node.writeHba(List.of("host all all 0.0.0.0/0 trust"));
        node.reload();
    }),
    HBA_IS_IN_ANOTHER_ORDER(8, Mishap::canReload, (cluster, node, random) -> {
        List<String> rules = new ArrayList<>(node.hba);
        Collections.reverse(rules);
        node.writeHba(rules);
        node.reload();
    }),
    HBA_IS_DAMAGED(8, Mishap::isInstalled, (cluster, node, random) -> node.damageHba("this is garbage ]][[")),
    HBA_IS_NOT_LOADED(8, Mishap::canReload, (cluster, node, random) -> {
        List<String> rules = node.hba;
        node.writeHba(List.of("host all all 0.0.0.0/0 trust"));
        node.reload();
        node.writeHba(rules);
    }),
    OWN_HBA_RULE_IS_LOST(10, Mishap::isInstalled, (cluster, node, random) -> node.lacksOwnHbaRule = true),
    LOCKS_OUT(6, Mishap::isInstalled, (cluster, node, random) -> {
        node.lockOut();
        cluster.nodes().stream().filter(other -> random.nextBoolean()).forEach(SimulatedNode::disconnect);
    }),
    PASSWORD_FILE_IS_OLD(
            8,
            Mishap::always,
            (cluster, node, random) -> node.passfile.replaceAll((upstream, password) -> "an older one")),
    PASSWORD_FILE_IS_OLD_AND_THE_CONNECTION_BREAKS(6, Mishap::always, (cluster, node, random) -> {
        node.passfile.replaceAll((upstream, password) -> "an older one");
        node.disconnect();
    }),
    ROLE_HAS_ANOTHER_PASSWORD(
            8,
            (cluster, node) -> node.isPrimary(),
            (cluster, node, random) -> node.roles.replaceAll((role, password) -> "set by hand")),
    ROLE_IS_EXPIRED(8, (cluster, node) -> node.isPrimary(), (cluster, node, random) -> node.roleExpired = true),
    ROLE_IS_DROPPED(10, (cluster, node) -> node.isPrimary(), (cluster, node, random) -> node.roles.clear()),
    PROMISE_IS_UNDONE(8, (cluster, node) -> node.isPrimary() && canReload(cluster, node), (cluster, node, random) -> {
        cluster.nothingIsPromised();
        node.edit(SynchronousStandbys.SETTING, random.nextBoolean() ? "ANY 1 (*)" : "");
        node.reload();
    }),
    COMMITS_ARE_WEAK(
            4,
            (cluster, node) -> node.isPrimary(),
            (cluster, node, random) ->
                    node.weakCommits.add(new SessionScope("etl", random.nextBoolean() ? "" : "scratch"))),
    DIRECTORY_IS_OPEN(6, Mishap::always, (cluster, node, random) -> node.ground.mode = anOpenMode(random)),
    WAL_DIRECTORY_IS_OPEN(8, Mishap::always, (cluster, node, random) -> node.ground.walMode = anOpenMode(random)),
    SIGNAL_IS_LOST(
            10,
            (cluster, node) -> node.running && node.standbySignal,
            (cluster, node, random) -> node.lostSignal = true),
    HAS_A_SLOT_OF_ITS_OWN(
            8, (cluster, node) -> node.running, (cluster, node, random) -> node.slots.putIfAbsent(node.name, 0L)),
    HAS_A_SLOT_THAT_NOBODY_USES(
            8,
            (cluster, node) -> node.running,
            (cluster, node, random) -> node.slots.putIfAbsent(anyDeclared(cluster, random), 0L)),
    HAS_A_SLOT_OF_NOBODY(
            10,
            (cluster, node) -> node.running,
            (cluster, node, random) -> node.slots.putIfAbsent(new NodeName("nobody"), 0L)),
    SLOT_IS_DROPPED(Mishap.ALONE, Mishap::isPrimaryWithSlots, (cluster, node, random) -> {
        NodeName follower = any(followersWithSlots(cluster, node), random);
        stopsWhileItsWalIsKept(cluster, node, follower);
        node.slots.remove(follower);
    }),
    SLOT_IS_LOST(Mishap.ALONE, Mishap::isPrimaryWithSlots, (cluster, node, random) -> {
        NodeName follower = any(followersWithSlots(cluster, node), random);
        stopsWhileItsWalIsKept(cluster, node, follower);
        node.lostSlots.add(follower);
    }),
    FOLLOWS_ANOTHER(Mishap.ALONE, Mishap::isStandbyThatCanReload, (cluster, node, random) -> {
        isSentElsewhere(cluster, node, random);
        node.reload();
    }),
    IS_TO_FOLLOW_ANOTHER(Mishap.ALONE, Mishap::isRunningStandby, Mishap::isSentElsewhere),
    USES_NO_SLOT(8, Mishap::isStandbyThatCanReload, (cluster, node, random) -> node.usesNoSlot()),
    CONNECTS_OTHERWISE(
            8,
            Mishap::isRunningStandby,
            (cluster, node, random) -> node.upstream.connectsWith(new TreeMap<>(Map.of("sslmode", "require")))),
    CALLS_ITSELF_OTHERWISE(8, Mishap::isRunningStandby, (cluster, node, random) -> node.callsItself = "mine"),
    ROLE_IS_MOVED(
            Mishap.ALONE,
            (cluster, node) -> node.isPrimary() && !successors(cluster, node).isEmpty(),
            Mishap::handsItsRoleOver),
    PRIMARY_WAS_A_STANDBY(
            8,
            (cluster, node) ->
                    node.installed && !node.standbySignal && !standbys(cluster).isEmpty(),
            (cluster, node, random) ->
                    node.follow(Upstream.of(cluster.topology(), any(standbys(cluster), random), node.name)));

    /** With others, or in the middle of a move, it may take a new clone. */
    private static final int ALONE = 0;

    /** What a primary writes last goes to its standbys, and begins where its control file says. */
    private static final long SHUTDOWN_RECORD = 1;

    /** Each has a permission that PostgreSQL refuses. */
    private static final List<Integer> OPEN_MODES = List.of(0755, 0777, 0770, 0720, 0701);

    private final int odds;

    @SuppressWarnings("ImmutableEnumChecker") // none of them captures anything
    private final BiPredicate<SimulatedCluster, SimulatedNode> possible;

    @SuppressWarnings("ImmutableEnumChecker") // none of them captures anything
    private final Act act;

    private interface Act {
        void befalls(SimulatedCluster cluster, SimulatedNode node, Random random);
    }

    Mishap(int odds, BiPredicate<SimulatedCluster, SimulatedNode> possible, Act act) {
        this.odds = odds;
        this.possible = possible;
        this.act = act;
    }

    /** Whether chance would have it, once in so many times. */
    boolean isDrawn(Random random) {
        return odds > 0 && random.nextInt(odds) == 0;
    }

    boolean mayBefall(SimulatedCluster cluster, SimulatedNode node) {
        return cluster.topology().declares(node.name) && possible.test(cluster, node);
    }

    void befalls(SimulatedCluster cluster, SimulatedNode node, Random random) {
        act.befalls(cluster, node, random);
    }

    private static boolean always(SimulatedCluster cluster, SimulatedNode node) {
        return true;
    }

    private static boolean isInstalled(SimulatedCluster cluster, SimulatedNode node) {
        return node.installed;
    }

    /** What has lost its signal, and stops, might have been a primary: that no plan starts. */
    private static boolean mayStop(SimulatedCluster cluster, SimulatedNode node) {
        return !node.lostSignal;
    }

    private static boolean canReload(SimulatedCluster cluster, SimulatedNode node) {
        return node.running && node.strangeLines.isEmpty();
    }

    private static boolean isRunningStandby(SimulatedCluster cluster, SimulatedNode node) {
        return node.running && node.standbySignal;
    }

    private static boolean isStandbyThatCanReload(SimulatedCluster cluster, SimulatedNode node) {
        return canReload(cluster, node) && isRunningStandby(cluster, node);
    }

    private static boolean isPrimaryWithSlots(SimulatedCluster cluster, SimulatedNode node) {
        return node.isPrimary() && !followersWithSlots(cluster, node).isEmpty();
    }

    private static List<NodeName> followersWithSlots(SimulatedCluster cluster, SimulatedNode node) {
        return node.slots.keySet().stream()
                .filter(slot -> cluster.topology().declares(slot) && mayStop(cluster, cluster.node(slot)))
                .toList();
    }

    private static boolean isLeaf(SimulatedCluster cluster, SimulatedNode node) {
        return !node.name.equals(cluster.topology().primary())
                && cluster.nodes().stream()
                        .noneMatch(other -> other.upstream
                                .written
                                .filter(upstream -> upstream.node().equals(node.name))
                                .isPresent());
    }

    /** What is in use nobody drops, and whose WAL is gone from there has to be cloned again. */
    private static void stopsWhileItsWalIsKept(SimulatedCluster cluster, SimulatedNode node, NodeName follower) {
        cluster.node(follower).stop();
        node.keepsOldWal = true;
    }

    private static void isSentElsewhere(SimulatedCluster cluster, SimulatedNode node, Random random) {
        List<NodeName> others = cluster.topology().nodes().stream()
                .map(NodeSpec::name)
                .filter(other -> cluster.node(other).running && !isBelow(cluster, other, node))
                .toList();
        boolean canComeBack = !cluster.topology().replication().slots()
                || cluster.topology()
                        .upstreamOf(node.name)
                        .filter(upstream -> cluster.node(upstream).slots.containsKey(node.name))
                        .isPresent();
        if (others.isEmpty() || !canComeBack) {
            return;
        }
        NodeName other = any(others, random);
        Topology topology = cluster.topology();
        if (topology.replication().slots() && random.nextBoolean()) {
            cluster.node(other).slots.putIfAbsent(node.name, 0L);
        }
        node.follow(Upstream.of(topology, other, node.name));
    }

    /** Whether it is the node itself, or its files or its server send it there, perhaps by way of others. */
    private static boolean isBelow(SimulatedCluster cluster, NodeName other, SimulatedNode node) {
        Optional<NodeName> at = Optional.of(other);
        for (int distance = 0; at.isPresent() && distance <= cluster.nodes().size(); distance++) {
            if (at.get().equals(node.name)) {
                return true;
            }
            at = cluster.node(at.get()).upstream.written.map(Upstream::node);
        }
        return at.isPresent();
    }

    private static List<NodeName> standbys(SimulatedCluster cluster) {
        return cluster.topology().nodes().stream()
                .map(NodeSpec::name)
                .filter(name -> !name.equals(cluster.topology().primary()))
                .toList();
    }

    private static NodeName anyDeclared(SimulatedCluster cluster, Random random) {
        return any(cluster.topology().nodes().stream().map(NodeSpec::name).toList(), random);
    }

    /** Those that have all its WAL. */
    private static List<NodeName> successors(SimulatedCluster cluster, SimulatedNode primary) {
        return standbys(cluster).stream()
                .filter(name -> cluster.streaming().getsThePrimarysWal(cluster.node(name))
                        && cluster.node(name).wal == primary.wal)
                .toList();
    }

    /** As a person does it: one is stopped, another promoted, the file edited, and the first made a standby, which may run already. */
    private static void handsItsRoleOver(SimulatedCluster cluster, SimulatedNode old, Random random) {
        SimulatedNode successor = cluster.node(any(successors(cluster, old), random));
        old.stop();
        successor.wal += SHUTDOWN_RECORD;
        successor.promote();
        successor.keepsOldWal = true;
        cluster.declare(TopologyBuilder.withPrimary(cluster.topology(), successor.name));
        old.standbySignal = true;
        if (random.nextBoolean()) {
            Topology topology = cluster.topology();
            if (topology.replication().slots()) {
                successor.slots.put(old.name, 0L);
            }
            old.follow(Upstream.of(topology, successor.name, old.name));
            old.start();
        }
    }

    private static int anOpenMode(Random random) {
        return OPEN_MODES.get(random.nextInt(OPEN_MODES.size()));
    }

    private static <T> T any(List<T> some, Random random) {
        return some.get(random.nextInt(some.size()));
    }
}
