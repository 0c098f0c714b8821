package io.pgherder.controller.observation;

import io.pgherder.controller.observation.ServerFacts.WalReceiver;
import io.pgherder.controller.observation.ServerFacts.WalSender;
import io.pgherder.controller.pgvalue.LocalAddress;
import io.pgherder.controller.pgvalue.Lsn;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.NodeSpec;
import io.pgherder.controller.topology.Topology;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import static java.util.Objects.requireNonNull;

/**
 * Who streams from whom at this moment, as the servers say. A standby may reach its upstream by an address that the topology does not
 * name: by another spelling, or through a proxy. Then its upstream is the only node that sends to it on that port.
 *
 * @see <a href="https://www.postgresql.org/docs/15/monitoring-stats.html#MONITORING-PG-STAT-WAL-RECEIVER-VIEW">pg_stat_wal_receiver</a>
 */
public final class StreamingTree {
    private final Topology topology;
    private final Function<NodeName, Optional<ServerFacts>> servers;

    /** @param servers what each node's server says; empty for one that is not seen, or is not to be counted */
    public StreamingTree(Topology topology, Function<NodeName, Optional<ServerFacts>> servers) {
        this.topology = requireNonNull(topology, "topology is null");
        this.servers = requireNonNull(servers, "servers is null");
    }

    /** Who holds the role: running, and not in recovery. Usually one. */
    public List<NodeName> primaries() {
        return topology.nodes().stream()
                .map(NodeSpec::name)
                .filter(node -> servers.apply(node)
                        .filter(server -> !server.inRecovery())
                        .isPresent())
                .toList();
    }

    /** Its WAL receiver, which may be about to stream or may wait for WAL as well. */
    public Optional<WalReceiver> receiver(NodeName standby) {
        return servers.apply(standby).flatMap(ServerFacts::walReceiver);
    }

    /** Its WAL receiver, if that streams, from a node of this cluster or from elsewhere. */
    public Optional<WalReceiver> streamingReceiver(NodeName standby) {
        return receiver(standby).filter(WalReceiver::isStreaming);
    }

    /** Whether the standby streams at this moment, from a node of this cluster or from elsewhere: then commits may wait for it. */
    public boolean isStreaming(NodeName standby) {
        return streamingReceiver(standby).isPresent();
    }

    /** Whom the standby streams from at this moment, if that is a node of this cluster, by whatever address it reaches that. */
    public Optional<NodeName> streamsFrom(NodeName standby) {
        return streamingReceiver(standby)
                .flatMap(receiver -> topology.nodeAt(receiver.senderHost(), receiver.senderPort())
                        .or(() -> onlySenderTo(standby, receiver.senderPort()))
                        .or(() -> onItsOwnHost(standby, receiver)));
    }

    /** "127.0.0.1" is the address of an upstream that shares its host, and sends to somebody, under whatever name. */
    private Optional<NodeName> onItsOwnHost(NodeName standby, WalReceiver receiver) {
        String host = topology.node(standby).host();
        return topology.nodes().stream()
                .filter(node -> LocalAddress.is(receiver.senderHost())
                        && node.host().equals(host)
                        && node.port() == receiver.senderPort()
                        && !node.name().equals(standby)
                        && sends(node.name()))
                .map(NodeSpec::name)
                .findFirst();
    }

    private boolean sends(NodeName node) {
        return servers.apply(node).stream()
                .flatMap(server -> server.walSenders().stream())
                .anyMatch(WalSender::isFollowed);
    }

    /** Whom the node gets its WAL from at this moment, directly or through others; the nearest first. */
    public Set<NodeName> above(NodeName node) {
        Set<NodeName> above = new LinkedHashSet<>();
        Optional<NodeName> at = streamsFrom(node);
        while (at.isPresent() && above.add(at.get())) {
            at = streamsFrom(at.get());
        }
        return above;
    }

    /** By which address it streams, "10.0.1.11:5432", if the topology has no node there; empty if it does not stream. */
    public Optional<String> undeclaredSender(NodeName standby) {
        return streamingReceiver(standby)
                .filter(receiver -> topology.nodeAt(receiver.senderHost(), receiver.senderPort())
                        .isEmpty())
                .map(receiver -> receiver.senderHost() + ":" + receiver.senderPort());
    }

    /** What the upstream says of one that streams from it under the standby's name, and rather of one that answers; empty if nobody does. */
    public Optional<WalSender> sender(NodeName upstream, NodeName standby) {
        return servers.apply(upstream).stream()
                .flatMap(server -> server.walSenders().stream())
                .filter(sender -> sender.isFollowed() && sender.isCalled(standby))
                .min(Comparator.comparing(WalSender::isSilent));
    }

    /**
     * How old what the standby replays was when that was measured last; empty where it has nothing to replay, and its upstream goes on showing
     * the last measurement.
     */
    public Optional<Duration> replayLag(NodeName upstream, NodeName standby) {
        Optional<Lsn> end = servers.apply(upstream).flatMap(ServerFacts::flushed);
        return sender(upstream, standby)
                .filter(sender -> !hasReplayed(standby, sender, end))
                .flatMap(WalSender::replayLag);
    }

    /** As it says itself: its upstream is told every ten seconds only, unless somebody waits for it. */
    private boolean hasReplayed(NodeName standby, WalSender sender, Optional<Lsn> end) {
        Optional<Lsn> replayed =
                servers.apply(standby).flatMap(ServerFacts::replayed).or(sender::replayed);
        return replayed.isPresent()
                && end.filter(all -> replayed.get().bytesAheadOf(all) >= 0).isPresent();
    }

    /** The name may be somebody else's too; on that port and on one node alone it is the standby's. */
    private Optional<NodeName> onlySenderTo(NodeName standby, int port) {
        List<NodeName> senders = topology.nodes().stream()
                .filter(node -> node.port() == port)
                .map(NodeSpec::name)
                .filter(node -> !node.equals(standby) && sender(node, standby).isPresent())
                .toList();
        return senders.size() == 1 ? Optional.of(senders.get(0)) : Optional.empty();
    }
}
