package io.pgherder.controller.simulation;

import io.pgherder.controller.observation.Ground.Reachability.Result;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.action.Upstream;
import io.pgherder.controller.simulation.SimulatedNode.Login;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Who streams from whom, and who could: as PostgreSQL does it, with slots, logins and connections that outlive a changed password. */
public final class SimulatedStreaming {
    private static final long WAL_FILE_BYTES = 16L << 20;

    private final SimulatedCluster cluster;

    SimulatedStreaming(SimulatedCluster cluster) {
        this.cluster = cluster;
    }

    Optional<SimulatedNode> upstreamOf(SimulatedNode standby) {
        return standby.running && standby.standbySignal ? standby.upstream.inForce.map(this::at) : Optional.empty();
    }

    /** Its settings keep sending a standby where it streams, also once that node is not in the file: then its address alone says so. */
    private SimulatedNode at(Upstream upstream) {
        return cluster.removedAt(upstream.port()).orElseGet(() -> cluster.node(upstream.node()));
    }

    /** Connected to a running upstream that has the WAL that comes next, which is asked for from the beginning of its file. */
    boolean streams(SimulatedNode standby) {
        Optional<SimulatedNode> upstream = upstreamOf(standby);
        if (upstream.isEmpty()
                || !upstream.get().running
                || standby.wal - standby.wal % WAL_FILE_BYTES > upstream.get().wal
                || address(standby).equals(standby.upstream.deadAddress)
                || hasParted(standby, upstream.get())
                || !knowsRole(standby, upstream.get())) {
            return false;
        }
        boolean isConnected = connection(standby).equals(standby.connection);
        if (!isConnected
                && (upstream.get().locksOut()
                        || isOutOfReach(standby, upstream.get())
                        || !getsIn(standby, upstream.get()))) {
            return false;
        }
        Long kept = upstream.get().slots.get(slot(standby));
        boolean isLost = upstream.get().lostSlots.contains(slot(standby));
        boolean has = kept != null && (kept <= standby.wal || upstream.get().keepsOldWal);
        return !usesSlot(standby) || (has && !isLost);
    }

    /** It went on with a timeline that the upstream had left. */
    private static boolean hasParted(SimulatedNode standby, SimulatedNode upstream) {
        return upstream.history.stream()
                .anyMatch(past -> past.timeline() == standby.timeline
                        && standby.wal > past.end().position());
    }

    private boolean isOutOfReach(SimulatedNode standby, SimulatedNode upstream) {
        boolean isDeclared =
                cluster.topology().nodes().stream().anyMatch(node -> node.name().equals(standby.name));
        return isDeclared
                && cluster.topology().upstreamOf(standby.name).equals(Optional.of(upstream.name))
                && standby.ground.upstreamReached.equals(Optional.of(Result.UNREACHABLE));
    }

    /** It streams, and so does everybody between it and the primary. */
    boolean getsThePrimarysWal(SimulatedNode standby) {
        Set<NodeName> passed = new HashSet<>();
        Optional<SimulatedNode> at = Optional.of(standby);
        while (at.isPresent() && !at.get().isPrimary() && passed.add(at.get().name)) {
            at = at.filter(this::streams).flatMap(this::upstreamOf);
        }
        return at.filter(SimulatedNode::isPrimary).isPresent() && !standby.isPrimary();
    }

    private static boolean knowsRole(SimulatedNode standby, SimulatedNode upstream) {
        return upstream.roles.containsKey(user(standby));
    }

    static boolean getsIn(SimulatedNode standby, SimulatedNode upstream) {
        String user = user(standby);
        return Optional.ofNullable(upstream.roles.get(user))
                .filter(password -> password.equals(standby.passfile.get(new Login(upstream.name, user))))
                .isPresent();
    }

    /** As which it logs in; empty text: it has no upstream. */
    static String user(SimulatedNode standby) {
        return standby.upstream
                .inForce
                .map(upstream -> upstream.credentials().user())
                .orElse("");
    }

    /** What its WAL receiver is connected to if it streams. */
    private Optional<String> connection(SimulatedNode standby) {
        return upstreamOf(standby)
                .map(upstream -> upstream.run() + " at " + address(standby) + " as " + user(standby)
                        + (usesSlot(standby) ? " with slot " + slot(standby) : ""));
    }

    private static String address(SimulatedNode standby) {
        return standby.upstream
                .inForce
                .map(upstream -> upstream.host() + ":" + upstream.port())
                .orElse("");
    }

    static boolean usesSlot(SimulatedNode standby) {
        return standby.upstream.inForce.filter(to -> to.slot().isPresent()).isPresent();
    }

    /** By which it streams, or would: the one of its own name, unless it uses another. */
    static NodeName slot(SimulatedNode standby) {
        return standby.upstream
                .inForce
                .flatMap(Upstream::slot)
                .map(NodeName::new)
                .orElse(standby.name);
    }

    /** Who streams is connected, and stays so until either of the two ends it. */
    public void connect() {
        cluster.nodes().forEach(node -> node.connection = streams(node) ? connection(node) : Optional.empty());
    }

    void receive(SimulatedNode standby) {
        SimulatedNode upstream = upstreamOf(standby).orElseThrow();
        standby.wal = Math.max(standby.wal, upstream.wal);
        standby.timeline = upstream.timeline;
        standby.history = upstream.history;
        standby.replayedConnections = primarysConnections(upstream);
        standby.roles.clear();
        standby.roles.putAll(upstream.roles);
        upstream.slots.computeIfPresent(slot(standby), (name, kept) -> standby.wal);
    }

    /** Its own if it is the primary; else what it has been told. */
    static int primarysConnections(SimulatedNode upstream) {
        return upstream.isPrimary() ? upstream.connections() : upstream.replayedConnections;
    }
}
