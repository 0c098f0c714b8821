package io.pgherder.controller.plan;

import io.pgherder.controller.observation.ServerFacts.Setting;
import io.pgherder.controller.observation.ServerFacts.Slot;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.UpstreamLimits;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A node that standbys are copied from, and what it has for them, beside what they need. Who follows it only for a while counts as if
 * it stayed.
 *
 * @param copies the standbys to be copied from it, those first whose copy is under way
 * @param followers all standbys that will stream from it, for good or at first; the copies too
 * @param senders its max_wal_senders
 * @param strangers WAL senders in use by others than nodes of this cluster
 * @param slots its max_replication_slots
 * @param foreignSlots slots that do not belong to its followers
 * @see UpstreamLimits
 */
public record SourceCapacity(
        NodeName node,
        List<NodeName> copies,
        Set<NodeName> followers,
        int senders,
        int strangers,
        int slots,
        int foreignSlots,
        boolean keepsSlots) {
    public SourceCapacity {
        copies = List.copyOf(copies);
        followers = Set.copyOf(followers);
    }

    /** All of them, in the file's order. */
    public static List<SourceCapacity> all(Situation situation) {
        Map<NodeName, NodeName> firstUpstreams = new LinkedHashMap<>();
        situation
                .standbys()
                .forEach(standby -> firstUpstreams.put(
                        standby, situation.firstUpstream(standby).node()));
        return situation.nodes().stream()
                .map(node -> of(situation, node, firstUpstreams))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<SourceCapacity> of(
            Situation situation, NodeName node, Map<NodeName, NodeName> firstUpstreams) {
        List<NodeName> copies = situation.standbys().stream()
                .filter(standby -> node.equals(firstUpstreams.get(standby)) && situation.isEmpty(standby))
                .sorted(Comparator.comparing(standby -> !situation.isBeingMade(standby)))
                .toList();
        if (copies.isEmpty()) {
            return Optional.empty();
        }
        Set<NodeName> followers = situation.standbys().stream()
                .filter(standby -> node.equals(firstUpstreams.get(standby))
                        || situation.declaredUpstream(standby).equals(node))
                .collect(Collectors.toSet());
        return Optional.of(new SourceCapacity(
                node,
                copies,
                followers,
                limit(situation, node, UpstreamLimits.MAX_WAL_SENDERS),
                (int) Strangers.on(situation, node).count(),
                limit(situation, node, UpstreamLimits.MAX_REPLICATION_SLOTS),
                foreignSlots(situation, node, followers),
                situation.topology().replication().slots()));
    }

    /** What is in force; what is declared, where it will be in force before a copy begins. */
    private static int limit(Situation situation, NodeName node, String name) {
        boolean restarts = situation.isInstalled(node)
                && situation.settingsDrift(node).awaitingRestart().contains(name);
        Optional<String> inForce = situation
                .server(node)
                .flatMap(server -> server.setting(name))
                .map(Setting::rawValue)
                .filter(value -> !restarts && !value.isEmpty());
        Optional<String> declared =
                Optional.ofNullable(situation.topology().node(node).settings().get(name));
        return inForce.or(() -> declared).map(Integer::parseInt).orElse(UpstreamLimits.DEFAULT);
    }

    private static int foreignSlots(Situation situation, NodeName node, Set<NodeName> followers) {
        return (int) situation.server(node).stream()
                .flatMap(server -> server.slots().stream())
                .filter(slot -> !slot.temporary())
                .map(Slot::name)
                .filter(name -> followers.stream().map(NodeName::value).noneMatch(name::equals))
                .count();
    }

    /** WAL senders for its followers, beside those that others use. */
    public int sendersNeeded() {
        return strangers + UpstreamLimits.sendersFor(followers.size());
    }

    /** Slots for its followers, beside those that others have. */
    public int slotsNeeded() {
        return foreignSlots + UpstreamLimits.slotsFor(followers.size(), keepsSlots);
    }

    /** WAL senders for copies and their standbys: what is left by others, and by the followers that are no copies. */
    int sendersForCopies() {
        return senders - strangers - (followers.size() - copies.size());
    }

    /** How many copies it can serve side by side with so many WAL senders; maybe none. */
    int copiesAtOnce(int freeSenders) {
        int bySenders = freeSenders / UpstreamLimits.SENDERS_OF_A_COPY;
        return keepsSlots ? bySenders : Math.min(bySenders, slots - foreignSlots);
    }
}
