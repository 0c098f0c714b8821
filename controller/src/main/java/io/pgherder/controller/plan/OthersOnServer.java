package io.pgherder.controller.plan;

import io.pgherder.controller.drift.Conninfo;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.Setting;
import io.pgherder.controller.observation.ServerFacts.Slot;
import io.pgherder.controller.observation.ServerFacts.WalSender;
import io.pgherder.controller.pgvalue.NodeName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is on a server for others than the nodes of the cluster, and is left to them: slots, and whoever streams. */
final class OthersOnServer {
    /** What a WAL receiver calls itself that was told no name, where its server has no cluster_name. */
    private static final String NAMELESS = "walreceiver";

    private OthersOnServer() {}

    /** Those that nobody uses and that no consumer may come back to are differences. */
    static Stream<Note> slots(Situation situation, NodeName node) {
        return situation.server(node).map(ServerFacts::slots).orElse(List.of()).stream()
                .filter(slot -> !slot.temporary())
                .filter(slot -> situation.standbys().stream()
                        .noneMatch(standby -> standby.value().equals(slot.name())))
                .filter(slot -> !isRemoved(situation, slot.name()))
                .filter(slot -> slot.active() || !slot.physical())
                .map(slot -> Note.of("slot " + slot.name() + " is not a declared standby's and is left alone; "
                        + (slot.active() ? "somebody streams by it" : "it keeps WAL until somebody drops it")));
    }

    /** Of that another note tells, or steps. */
    private static boolean isRemoved(Situation situation, String name) {
        return situation.removedNodes().stream()
                .anyMatch(node -> node.name().value().equals(name));
    }

    /** By which it goes until it is given its own. */
    private static boolean isOtherNameOfAStandby(Situation situation, String name) {
        return situation.standbys().stream()
                .flatMap(standby -> Stream.concat(
                        situation.managedFile(standby).upstream().stream(),
                        situation.server(standby).flatMap(server -> server.setting("primary_conninfo")).stream()
                                .map(conninfo -> Conninfo.parse(conninfo.value()))))
                .flatMap(conninfo -> conninfo.applicationName().stream())
                .anyMatch(name::equals);
    }

    /** How many standbys stream from the node that were given no name to go by there, and go by this one. */
    private static long namelessStandbys(Situation situation, NodeName node, String name) {
        return situation.standbys().stream()
                .filter(standby -> situation
                        .tree()
                        .streamsFrom(standby)
                        .filter(node::equals)
                        .isPresent())
                .flatMap(standby -> situation.server(standby).stream())
                .filter(server -> server.setting("primary_conninfo")
                        .flatMap(conninfo -> Conninfo.parse(conninfo.value()).applicationName())
                        .isEmpty())
                .filter(server -> server.setting("cluster_name")
                        .map(Setting::value)
                        .filter(value -> !value.isEmpty())
                        .orElse(NAMELESS)
                        .equals(name))
                .count();
    }

    /** Others have their reasons; those with a slot are named by that. */
    static Stream<Note> streams(Situation situation, NodeName node) {
        List<Slot> slots = situation.server(node).map(ServerFacts::slots).orElse(List.of());
        return Strangers.on(situation, node)
                .filter(WalSender::isStreaming)
                .filter(sender -> slots.stream()
                        .noneMatch(slot -> slot.active() && slot.name().equals(sender.name())))
                .collect(Collectors.groupingBy(WalSender::applicationName, LinkedHashMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .filter(called -> called.getValue() > namelessStandbys(situation, node, called.getKey()))
                .map(Map.Entry::getKey)
                .filter(name -> !isRemoved(situation, name) && !isOtherNameOfAStandby(situation, name))
                .map(name -> Note.of(name + " streams from here, is not a declared node, and is left alone"));
    }
}
