package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.Conninfo;
import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.Setting;
import io.pgherder.controller.observation.ServerFacts.WalReceiver;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.FieldPath;
import java.util.Optional;
import java.util.stream.Stream;

import static io.pgherder.controller.drift.expectation.WhyItDoesNotStream.origin;

/** Every standby that runs streams from its declared upstream, by the declared address, by its slot, and logged in as the declared role. */
final class StandbysFollowTheirUpstream implements Expectation {
    private static final String CONNINFO = "primary_conninfo";
    private static final String SLOT_NAME = "primary_slot_name";

    @Override
    public Stream<Finding> unmet(SideBySide look) {
        return look.nodes().stream()
                .filter(node ->
                        look.server(node).filter(ServerFacts::inRecovery).isPresent())
                .flatMap(node -> look.expectedUpstream(node).stream().flatMap(upstream -> unmet(look, node, upstream)));
    }

    private static Stream<Difference> unmet(SideBySide look, NodeName standby, NodeName upstream) {
        Optional<WalReceiver> receiver = look.tree().streamingReceiver(standby);
        if (receiver.isEmpty()) {
            return Stream.of(notStreaming(look, standby, upstream));
        }
        return Stream.of(
                        otherUpstream(look, standby, upstream, receiver.get()),
                        otherSlot(look, standby, receiver.get()),
                        otherLogin(look, standby))
                .flatMap(Optional::stream);
    }

    private static Difference notStreaming(SideBySide look, NodeName standby, NodeName upstream) {
        return new WhyItDoesNotStream(look, standby, upstream)
                .tell(Difference.of(
                        look.subject(standby),
                        DriftKind.NOT_STREAMING,
                        follows(standby),
                        "streams from " + upstream,
                        look.tree()
                                .receiver(standby)
                                .map(receiver -> "does not stream: its WAL receiver is \"" + receiver.status() + "\"")
                                .orElse("does not stream: no WAL receiver runs")));
    }

    private static Optional<Difference> otherUpstream(
            SideBySide look, NodeName standby, NodeName upstream, WalReceiver receiver) {
        Optional<NodeName> present = look.tree().streamsFrom(standby);
        Optional<String> address = look.tree().undeclaredSender(standby);
        if (present.isEmpty()) {
            return Optional.of(wrong(
                            look,
                            standby,
                            upstream,
                            address.orElse("somebody else") + ", which is not a node of this cluster")
                    .because(origin(look, standby, CONNINFO)));
        }
        if (!present.get().equals(upstream)) {
            return Optional.of(
                    wrong(look, standby, upstream, present.get().value()).because(origin(look, standby, CONNINFO)));
        }
        return address.map(other -> Difference.of(
                        look.subject(standby),
                        DriftKind.OTHER_UPSTREAM,
                        FieldPath.of("hosts", look.topology().node(upstream).host(), "address"),
                        "streams from " + upstream + " at "
                                + look.topology().hostOf(upstream).address() + ":"
                                + look.topology().node(upstream).port(),
                        "streams from it at " + receiver.senderHost() + ":" + receiver.senderPort())
                .because(origin(look, standby, CONNINFO)));
    }

    private static Difference wrong(SideBySide look, NodeName standby, NodeName upstream, String observed) {
        return Difference.of(
                look.subject(standby),
                DriftKind.OTHER_UPSTREAM,
                follows(standby),
                "streams from " + upstream,
                "streams from " + observed);
    }

    private static Optional<Difference> otherSlot(SideBySide look, NodeName standby, WalReceiver receiver) {
        Optional<String> declared = look.topology().replication().slotOf(standby);
        return receiver.slot().equals(declared.orElse(""))
                ? Optional.empty()
                : Optional.of(Difference.of(
                                look.subject(standby),
                                DriftKind.OTHER_SLOT,
                                FieldPath.of("replication", "slots"),
                                declared.map(slot -> "streams by slot " + slot).orElse("streams without a slot"),
                                receiver.slot().isEmpty()
                                        ? "streams without a slot"
                                        : "streams by slot " + receiver.slot())
                        .because(origin(look, standby, SLOT_NAME)));
    }

    private static Optional<Difference> otherLogin(SideBySide look, NodeName standby) {
        String declared = look.topology().replication().user();
        return look.server(standby)
                .flatMap(server -> server.setting("primary_conninfo"))
                .map(Setting::value)
                .map(Conninfo::parse)
                .flatMap(Conninfo::user)
                .filter(user -> !user.equals(declared))
                .map(user -> Difference.of(
                                look.subject(standby),
                                DriftKind.OTHER_LOGIN,
                                FieldPath.of("replication", "user"),
                                "logs in as " + declared,
                                "is logged in as " + user)
                        .because(origin(look, standby, CONNINFO)));
    }

    private static FieldPath follows(NodeName standby) {
        return FieldPath.of("nodes", standby, "follows");
    }
}
