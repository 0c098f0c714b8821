package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.Conninfo;
import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.LateSlot;
import io.pgherder.controller.drift.Origins;
import io.pgherder.controller.drift.PartedHistory;
import io.pgherder.controller.drift.SettingsDrift;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.drift.UnreachedUpstream;
import io.pgherder.controller.observation.ConfigurationFile;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.Setting;
import io.pgherder.controller.pgvalue.NodeName;
import java.util.Optional;
import java.util.stream.Stream;

/** Why a standby that runs streams from nobody, as far as that can be seen; and what a person has to do where no step helps. */
record WhyItDoesNotStream(SideBySide look, NodeName standby, NodeName upstream) {
    private static final String CONNINFO = "primary_conninfo";
    private static final int DEFAULT_PORT = 5432;
    private static final String SLOT_NAME = "primary_slot_name";

    /** Where one of its settings stands: "its primary_conninfo stands in /data/pgherder.conf:7". */
    static Optional<String> origin(SideBySide look, NodeName standby, String name) {
        return look.instance(standby)
                .flatMap(instance -> look.server(standby)
                        .flatMap(server -> server.setting(name))
                        .filter(setting -> !setting.sourceFile().isEmpty())
                        .map(setting -> "its " + name + " stands in " + new Origins(instance).of(setting)));
    }

    /** Of several causes the one that has to be mended first: those with which a plan is refused come before those that it mends. */
    Difference tell(Difference difference) {
        Optional<PartedHistory> parted = look.actualPrimary()
                .or(() -> Optional.of(look.primary()))
                .flatMap(primary -> PartedHistory.of(look, primary, standby));
        if (parted.isPresent()) {
            return difference
                    .because("its WAL has parted from that of " + parted.get().primary())
                    .byHand(parted.get().advice());
        }
        Optional<UnreachedUpstream> unreached = unreached();
        if (unreached.isPresent()) {
            return difference
                    .because(unreached.get().host() + " does not get through to "
                            + unreached.get().place() + ": " + unreached.get().outcome())
                    .byHand(unreached.get().advice());
        }
        Optional<String> cause = whatAPlanMends();
        return cause.isPresent()
                ? difference.because(cause)
                : lateSlot().map(slot -> lacking(slot, difference)).orElseGet(() -> difference.because(refusal()));
    }

    /** What it says itself, where nothing else tells. */
    private Optional<String> refusal() {
        return look.server(standby).flatMap(ServerFacts::lastRefusal).map(said -> "its log says: " + said);
    }

    /** Unless it is refused by a server that does not run, or has other settings than it is about to have. */
    private Optional<UnreachedUpstream> unreached() {
        boolean isAsItShouldListen = look.runs(upstream)
                && look.settingsDrift(upstream).isWritten()
                && look.settingsDrift(upstream).awaitingRestart().isEmpty();
        return UnreachedUpstream.of(look, standby, upstream)
                .filter(attempt -> !attempt.isRefused() || isAsItShouldListen);
    }

    private Optional<String> whatAPlanMends() {
        return Stream.of(
                        sentNowhere(),
                        decidedElsewhere(),
                        sentElsewhere(),
                        look.instance(standby)
                                .map(InstanceState::passfile)
                                .filter(match -> match.isWrong())
                                .map(match -> "its password file does not have the declared password"),
                        upstreamIsNoHelp(),
                        missingSlot(),
                        lostSlot())
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** What sends it is in pgherder.conf, which it does not read. */
    private Optional<String> sentNowhere() {
        boolean isSent = look.server(standby)
                .flatMap(server -> server.setting(CONNINFO))
                .filter(setting -> !setting.value().isEmpty())
                .isPresent();
        return look.instance(standby)
                .filter(instance -> !isSent && !look.settingsDrift(standby).included())
                .filter(instance -> !instance.couldNotRead(ConfigurationFile.PGHERDER)
                        && !instance.couldNotRead(ConfigurationFile.POSTGRESQL))
                .map(instance -> instance.managedSettings().isPresent()
                        ? "it has no primary_conninfo: its postgresql.conf does not include pgherder.conf"
                        : "it has no primary_conninfo: there is no pgherder.conf");
    }

    private Optional<String> decidedElsewhere() {
        return Stream.of(CONNINFO, SLOT_NAME)
                .flatMap(name -> look.server(standby).flatMap(server -> server.setting(name)).stream())
                .filter(SettingsDrift::isStrongerThanOurFile)
                .findFirst()
                .map(setting -> "its " + setting.name() + " is decided by " + setting.origin());
    }

    private Optional<String> sentElsewhere() {
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

    private Optional<String> upstreamIsNoHelp() {
        if (look.isEmpty(upstream)) {
            return Optional.of(upstream + " is not there");
        }
        return look.instance(upstream)
                .filter(instance -> instance.process() != InstanceState.ProcessState.ACCEPTING)
                .map(stopped -> upstream + " does not run");
    }

    private Optional<String> missingSlot() {
        return look.server(standby)
                .flatMap(server -> server.setting(SLOT_NAME))
                .map(Setting::value)
                .filter(slot -> !slot.isEmpty())
                .filter(slot -> look.server(upstream)
                        .filter(server -> server.slot(slot).isEmpty())
                        .isPresent())
                .map(slot -> "there is no slot " + slot + " on " + upstream);
    }

    private Optional<String> lostSlot() {
        return look.server(upstream)
                .flatMap(server -> server.slot(standby.value()))
                .filter(slot -> slot.walStatus().equals("lost"))
                .map(lost -> "the WAL that its slot on " + upstream + " kept is gone");
    }

    /** One that has not come to the end of its own WAL since its start asks for none, and may have more than it says. */
    private Optional<LateSlot> lateSlot() {
        return look.server(standby).flatMap(ServerFacts::received).isPresent()
                        && look.nodes().stream().noneMatch(this::keepsItsWal)
                ? LateSlot.of(look, upstream, standby)
                : Optional.empty();
    }

    private boolean keepsItsWal(NodeName node) {
        return look.server(node)
                        .flatMap(server -> server.slot(standby.value()))
                        .filter(slot -> slot.physical() && slot.keepsWal())
                        .isPresent()
                && LateSlot.of(look, node, standby).isEmpty();
    }

    private Difference lacking(LateSlot slot, Difference difference) {
        String cloned = "stop " + standby + ", move its data and WAL directories away, and apply: it is cloned again";
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
}
