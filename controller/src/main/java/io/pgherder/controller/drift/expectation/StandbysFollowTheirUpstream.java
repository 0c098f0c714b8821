package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.Conninfo;
import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.LateSlot;
import io.pgherder.controller.drift.Origins;
import io.pgherder.controller.drift.SettingsDrift;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.Setting;
import io.pgherder.controller.observation.ServerFacts.WalReceiver;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.FieldPath;
import java.util.Optional;
import java.util.stream.Stream;

/** Every standby that runs streams from its declared upstream, by the declared address, by its slot, and logged in as the declared role. */
final class StandbysFollowTheirUpstream implements Expectation {
    private static final String CONNINFO = "primary_conninfo";
    private static final int DEFAULT_PORT = 5432;
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
        Difference difference = Difference.of(
                        look.subject(standby),
                        DriftKind.NOT_STREAMING,
                        follows(standby),
                        "streams from " + upstream,
                        look.tree()
                                .receiver(standby)
                                .map(receiver -> "does not stream: its WAL receiver is \"" + receiver.status() + "\"")
                                .orElse("does not stream: no WAL receiver runs"))
                .because(whyNot(look, standby, upstream));
        return difference.cause().isEmpty()
                ? lateSlot(look, standby, upstream)
                        .map(slot -> lacking(look, standby, slot, difference))
                        .orElse(difference)
                : difference;
    }

    /** One that has not come to the end of its own WAL since its start asks for none, and may have more than it says. */
    private static Optional<LateSlot> lateSlot(SideBySide look, NodeName standby, NodeName upstream) {
        return look.server(standby).flatMap(ServerFacts::received).isPresent()
                        && look.nodes().stream().noneMatch(node -> keepsItsWal(look, node, standby))
                ? LateSlot.of(look, upstream, standby)
                : Optional.empty();
    }

    private static boolean keepsItsWal(SideBySide look, NodeName node, NodeName standby) {
        return look.server(node)
                        .flatMap(server -> server.slot(standby.value()))
                        .filter(slot -> slot.physical() && slot.keepsWal())
                        .isPresent()
                && LateSlot.of(look, node, standby).isEmpty();
    }

    private static Difference lacking(SideBySide look, NodeName standby, LateSlot slot, Difference difference) {
        String cloned = "move the data and WAL directories of " + standby + " away, and apply: it is cloned again";
        boolean mayBeElsewhere = look.actualPrimary()
                .filter(primary -> !primary.equals(slot.upstream()))
                .isPresent();
        return difference
                .because("no slot keeps the WAL which it lacks: it has that up to " + slot.reached()
                        + ", and its slot on " + slot.upstream() + " begins at " + slot.begins())
                .byHand(
                        mayBeElsewhere
                                ? "apply tries whether " + look.actualPrimary().get() + " has it by chance; else "
                                        + cloned
                                : cloned);
    }

    /** Of several causes the one that has to be mended first. */
    private static Optional<String> whyNot(SideBySide look, NodeName standby, NodeName upstream) {
        return Stream.of(
                        sentNowhere(look, standby),
                        decidedElsewhere(look, standby),
                        sentElsewhere(look, standby, upstream),
                        look.instance(standby)
                                .map(InstanceState::passfile)
                                .filter(match -> match.isWrong())
                                .map(match -> "its password file does not have the declared password"),
                        upstreamIsNoHelp(look, upstream),
                        missingSlot(look, standby, upstream),
                        lostSlot(look, standby, upstream))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** What sends it is in pgherder.conf, which it does not read. */
    private static Optional<String> sentNowhere(SideBySide look, NodeName standby) {
        boolean isSent = look.server(standby)
                .flatMap(server -> server.setting(CONNINFO))
                .filter(setting -> !setting.value().isEmpty())
                .isPresent();
        return look.instance(standby)
                .filter(instance -> !isSent && !look.settingsDrift(standby).included())
                .filter(instance ->
                        !instance.couldNotRead("pgherder.conf") && !instance.couldNotRead("postgresql.conf"))
                .map(instance -> instance.managedSettings().isPresent()
                        ? "it has no primary_conninfo: its postgresql.conf does not include pgherder.conf"
                        : "it has no primary_conninfo: there is no pgherder.conf");
    }

    private static Optional<String> decidedElsewhere(SideBySide look, NodeName standby) {
        return Stream.of(CONNINFO, SLOT_NAME)
                .flatMap(name -> look.server(standby).flatMap(server -> server.setting(name)).stream())
                .filter(SettingsDrift::isStrongerThanOurFile)
                .findFirst()
                .map(setting -> "its " + setting.name() + " is decided by " + setting.origin());
    }

    private static Optional<String> sentElsewhere(SideBySide look, NodeName standby, NodeName upstream) {
        return look.server(standby)
                .flatMap(server -> server.setting(CONNINFO))
                .map(setting -> Conninfo.parse(setting.value()))
                .flatMap(sent -> sent.host()
                        .filter(host -> !look.topology()
                                .nodeAt(host, sent.port().orElse(DEFAULT_PORT))
                                .equals(Optional.of(upstream)))
                        .map(host -> host + ":" + sent.port().orElse(DEFAULT_PORT)))
                .flatMap(place -> origin(look, standby, CONNINFO).map(where -> where + ", and sends it to " + place));
    }

    private static Optional<String> upstreamIsNoHelp(SideBySide look, NodeName upstream) {
        if (look.isEmpty(upstream)) {
            return Optional.of(upstream + " is not there");
        }
        return look.instance(upstream)
                .filter(instance -> instance.process() != InstanceState.ProcessState.ACCEPTING)
                .map(stopped -> upstream + " does not run");
    }

    private static Optional<String> missingSlot(SideBySide look, NodeName standby, NodeName upstream) {
        return look.server(standby)
                .flatMap(server -> server.setting(SLOT_NAME))
                .map(Setting::value)
                .filter(slot -> !slot.isEmpty())
                .filter(slot -> look.server(upstream)
                        .filter(server -> server.slot(slot).isEmpty())
                        .isPresent())
                .map(slot -> "there is no slot " + slot + " on " + upstream);
    }

    private static Optional<String> lostSlot(SideBySide look, NodeName standby, NodeName upstream) {
        return look.server(upstream)
                .flatMap(server -> server.slot(standby.value()))
                .filter(slot -> slot.walStatus().equals("lost"))
                .map(lost -> "the WAL that its slot on " + upstream + " kept is gone");
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

    private static Optional<String> origin(SideBySide look, NodeName standby, String name) {
        return look.instance(standby)
                .flatMap(instance -> look.server(standby)
                        .flatMap(server -> server.setting(name))
                        .filter(setting -> !setting.sourceFile().isEmpty())
                        .map(setting -> "its " + name + " stands in " + new Origins(instance).of(setting)));
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
