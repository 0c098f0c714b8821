package io.pgherder.controller.plan;

import io.pgherder.controller.drift.OwnLines;
import io.pgherder.controller.observation.SynchronousStandbys;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.UpstreamLimits;
import io.pgherder.controller.plan.Condition.RoleReady;
import io.pgherder.controller.plan.Condition.Running;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * In which order instances restart for settings that only a restart puts in force: after those that are stopped have started, one at a
 * time, the leaves of the tree first and the primary last; or from the primary down, where it is about to have less of max_connections or
 * another setting of which a standby needs as much as its primary. Whoever is cut off from the primary restarts when it can stream
 * again, and nobody waits for it.
 */
public final class RestartOrder {
    private static final Set<String> ADMITTING = Set.of(
            "listen_addresses", UpstreamLimits.MAX_REPLICATION_SLOTS, UpstreamLimits.MAX_WAL_SENDERS, "wal_level");

    /** Which follow from the topology, and which every server starts with. */
    private static final Set<String> OF_THE_PLACE = Set.of(
            SynchronousStandbys.SETTING,
            "cluster_name",
            "hot_standby",
            "port",
            "recovery_target_timeline",
            OwnLines.SOCKETS);

    private static final Function<Situation, List<NodeName>> STARTING_BEFORE = RestartOrder::findStartingBefore;
    private static final Function<Situation, List<NodeName>> RESTARTING = RestartOrder::findRestarting;
    private static final Function<Situation, List<NodeName>> ONE_BY_ONE = RestartOrder::findOneByOne;

    private RestartOrder() {}

    /** Those that start before anybody restarts, in the file's order. */
    public static List<NodeName> startingBefore(Situation situation) {
        return situation.answer(STARTING_BEFORE);
    }

    private static List<NodeName> findStartingBefore(Situation situation) {
        return situation.nodes().stream()
                .filter(node -> startsBefore(situation, node))
                .toList();
    }

    /**
     * Whether it is installed, stopped, and can come up and stream without anybody's restart: then nobody restarts for changed settings
     * before it has come up with them. They may be why it is down.
     */
    public static boolean startsBefore(Situation situation, NodeName node) {
        if (!situation.isInstalled(node) || situation.runs(node)) {
            return false;
        }
        if (node.equals(situation.primary())) {
            return true;
        }
        NodeName upstream = situation.firstUpstream(node).node();
        if (!situation.runs(upstream)) {
            return startsBefore(situation, upstream);
        }
        return !isAboutToAdmit(situation, upstream)
                && !isAboutToAdmit(situation, situation.primary())
                && new RoleReady(situation.primary()).holdsIn(situation)
                && !ReplicationLogin.isInterrupted(situation, upstream)
                && (!situation.topology().replication().slots()
                        || situation.slot(upstream, node).isUsable());
    }

    /** Whether a restart changes whom it lets in: what is refused now may not be then. */
    private static boolean isAboutToAdmit(Situation situation, NodeName node) {
        return situation.runs(node)
                && situation.settingsDrift(node).awaitingRestart().stream().anyMatch(ADMITTING::contains);
    }

    /**
     * What has to be before this one restarts: those that are stopped have started, and the one before it in the order has restarted. One
     * that is cut off waits for its upstream alone.
     */
    public static Set<Condition> restartingAfter(Situation situation, NodeName node) {
        Stream<NodeName> before = isCutOff(situation, node)
                ? Stream.of(situation.firstUpstream(node).node())
                : previous(situation, node).stream();
        return Stream.concat(startingBefore(situation).stream(), before)
                .map(Running::new)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * What comes before the start of one that is stopped and is given other settings: the start of the one before it that is given others
     * too, from the primary down. What does not start the first may not start the rest.
     */
    public static Set<Condition> startingAfter(Situation situation, NodeName node) {
        List<NodeName> givenOthers = Stream.concat(
                        Stream.of(situation.primary()),
                        situation.standbys().stream()
                                .sorted(Comparator.comparing((NodeName standby) -> depth(situation, standby))))
                .filter(other -> situation.isInstalled(other) && !situation.runs(other))
                .filter(other -> isGivenOtherSettings(situation, other))
                .toList();
        return givenOthers.contains(node)
                ? before(node, givenOthers).stream().map(Running::new).collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }

    private static boolean isGivenOtherSettings(Situation situation, NodeName node) {
        return situation.settingsDrift(node).unwritten().stream().anyMatch(name -> !OF_THE_PLACE.contains(name));
    }

    private static Optional<NodeName> previous(Situation situation, NodeName node) {
        return before(node, oneByOne(situation));
    }

    private static Optional<NodeName> before(NodeName node, List<NodeName> order) {
        return order.stream().takeWhile(other -> !other.equals(node)).reduce((earlier, later) -> later);
    }

    /** Those that restart one after another, in that order. */
    public static List<NodeName> oneByOne(Situation situation) {
        return situation.answer(ONE_BY_ONE);
    }

    private static List<NodeName> findOneByOne(Situation situation) {
        return restarting(situation).stream()
                .filter(node -> !isCutOff(situation, node))
                .toList();
    }

    /** All that restart: the leaves of the tree first, or the primary. */
    public static List<NodeName> restarting(Situation situation) {
        return situation.answer(RESTARTING);
    }

    private static List<NodeName> findRestarting(Situation situation) {
        Comparator<NodeName> rootFirst = Comparator.comparing((NodeName node) -> depth(situation, node));
        boolean isPrimaryFirst = isPrimaryFirst(situation);
        boolean isRootFirst = isPrimaryFirst || startsAheadOfItsStandbys(situation);
        Stream<NodeName> standbys =
                situation.standbys().stream().sorted(isRootFirst ? rootFirst : rootFirst.reversed());
        Stream<NodeName> primary = Stream.of(situation.primary());
        return (isPrimaryFirst ? Stream.concat(primary, standbys) : Stream.concat(standbys, primary))
                .filter(situation::runs)
                .filter(node -> !situation.settingsDrift(node).awaitingRestart().isEmpty())
                .toList();
    }

    /** It will have less of what a standby must not have less of: that has to be replayed first. */
    public static boolean isPrimaryFirst(Situation situation) {
        return !new HotStandbyValues(situation).loweredOnThePrimary().isEmpty();
    }

    /**
     * The primary does not run, and starts with more than a running standby has: that one stops replaying, or ends if it is of PostgreSQL 13,
     * until it restarts. That nobody can write is worse. Whoever feeds others restarts before these then.
     */
    public static boolean startsAheadOfItsStandbys(Situation situation) {
        HotStandbyValues values = new HotStandbyValues(situation);
        return !situation.runs(situation.primary())
                && situation.standbys().stream()
                        .filter(situation::runs)
                        .anyMatch(standby -> !values.raisedAbove(standby).isEmpty());
    }

    /** Where standbys stream at this moment might be a circle. */
    private static int depth(Situation situation, NodeName node) {
        return situation.depth(node, at -> situation.firstUpstream(at).node());
    }

    /**
     * Nobody waits for a standby that does not stream, nor for one that could not log in again because somebody above it does not: it
     * waits for its upstream. It gets none of its primary's WAL now, and may pause a moment longer until it has restarted. One that lacks
     * nothing but that its upstream starts is not cut off.
     */
    public static boolean isCutOff(Situation situation, NodeName node) {
        if (node.equals(situation.primary()) || lacksOnlyAStart(situation, node)) {
            return false;
        }
        return !situation.tree().isStreaming(node)
                || ReplicationLogin.isInterrupted(
                        situation, situation.firstUpstream(node).node());
    }

    /** It runs, and its files let it in where it goes as soon as that one has started. */
    private static boolean lacksOnlyAStart(Situation situation, NodeName standby) {
        NodeName upstream = situation.firstUpstream(standby).node();
        return situation.runs(standby)
                && !situation.runs(upstream)
                && startsBefore(situation, upstream)
                && situation.writtenUpstream(standby).node().equals(Optional.of(upstream))
                && situation.settingsDrift(standby).loaded()
                && !ReplicationLogin.isToBeWritten(situation, standby)
                && situation.loginRole(standby).otherInForce().isEmpty();
    }
}
