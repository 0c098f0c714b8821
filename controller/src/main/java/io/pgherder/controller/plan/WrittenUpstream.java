package io.pgherder.controller.plan;

import io.pgherder.controller.drift.Conninfo;
import io.pgherder.controller.observation.ServerFacts.WalReceiver;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.NodeSpec;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Whom a standby's pgherder.conf tells it to stream from. Where it streams at this moment is another matter: the file may say so already
 * and not have been read, and a proxy may lead elsewhere than it says.
 *
 * @param standby whose file it is; the primary's may name an upstream too, from when it was a standby
 */
public record WrittenUpstream(Situation situation, NodeName standby) {
    public WrittenUpstream {
        requireNonNull(situation, "situation is null");
        requireNonNull(standby, "standby is null");
    }

    /** A node of this cluster, by whatever address the standby is to reach it. */
    public Optional<NodeName> node() {
        return byDeclaredAddress().or(() -> conninfo().flatMap(Conninfo::port).flatMap(this::onlyReserverOn));
    }

    private Optional<NodeName> byDeclaredAddress() {
        return conninfo()
                .flatMap(conninfo -> conninfo.host()
                        .flatMap(host -> conninfo.port()
                                .flatMap(port -> situation.topology().nodeAt(host, port))))
                .filter(upstream -> !upstream.equals(standby));
    }

    /** The only one on that port; of several, the only one that has a slot for the standby. */
    private Optional<NodeName> onlyReserverOn(int port) {
        List<NodeName> there = situation.topology().nodes().stream()
                .filter(node -> node.port() == port)
                .map(NodeSpec::name)
                .filter(node -> !node.equals(standby))
                .toList();
        List<NodeName> reserving = there.size() == 1
                ? there
                : there.stream()
                        .filter(node -> situation.slot(node, standby).isThere())
                        .toList();
        return reserving.size() == 1 ? Optional.of(reserving.get(0)) : Optional.empty();
    }

    Optional<Conninfo> conninfo() {
        return situation.managedFile(standby).upstream();
    }

    /** Which slot the standby is to use; empty if none. */
    public Optional<String> slot() {
        return situation.managedFile(standby).value("primary_slot_name");
    }

    /**
     * Whether a standby that is to start, or to start anew while it does not stream, would stream from where it should: by the declared
     * address of its first upstream, with its slot, and with the declared options. The primary's file names none, and that of another one that runs is judged by
     * nothing here.
     */
    public boolean isInOrder() {
        if (standby.equals(situation.primary())) {
            return !situation.isUpstreamLeftOver(standby);
        }
        return (situation.runs(standby) && !isAboutToStartCutOff())
                || (byDeclaredAddress()
                                .equals(Optional.of(
                                        situation.firstUpstream(standby).node()))
                        && slot().equals(situation.topology().replication().slotOf(standby))
                        && situation.upstreamOptions(standby).otherInFile().isEmpty());
    }

    /** Whether the standby calls itself what it is called; by another name no primary would count it. */
    public boolean namesTheStandby() {
        return conninfo()
                .flatMap(Conninfo::applicationName)
                .filter(name -> !name.equals(standby.value()))
                .isEmpty();
    }

    /** Whether it is to start anew, and does not stream: then its file sends it where it should stream from. */
    public boolean isAboutToStartCutOff() {
        return !situation.tree().isStreaming(standby)
                && !situation.settingsDrift(standby).awaitingRestart().isEmpty();
    }

    /**
     * Whether any reload would make the standby leave where it streams: its file, which it has not read since, sends it elsewhere, to
     * another slot, or there in another way. Not while an operation does just that.
     */
    public boolean leavesOnReload() {
        return situation
                        .tree()
                        .streamingReceiver(standby)
                        .filter(receiver -> !isWhere(receiver))
                        .isPresent()
                && !situation.settingsDrift(standby).loaded()
                && !situation.isBeingMoved(standby);
    }

    private boolean isWhere(WalReceiver receiver) {
        return slot().orElse("").equals(receiver.slot())
                && !situation.upstreamOptions(standby).changeOnReload()
                && conninfo()
                        .filter(conninfo -> conninfo.host().equals(Optional.of(receiver.senderHost()))
                                && conninfo.port().equals(Optional.of(receiver.senderPort())))
                        .isPresent();
    }
}
