package io.pgherder.controller.plan;

import io.pgherder.controller.drift.SettingsDrift;
import io.pgherder.controller.observation.DirectoryFacts;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.PasswordMatch;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.Setting;
import io.pgherder.controller.observation.ServerFacts.Slot;
import io.pgherder.controller.observation.ServerFacts.WalSender;
import io.pgherder.controller.observation.SynchronousStandbys;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.SynchronousCommit;
import java.util.List;
import java.util.stream.Stream;

/** What a person should know although no step follows from it: mostly what is left alone, and why. */
final class Notes {
    private Notes() {}

    static List<Note> about(Situation situation) {
        return Stream.of(
                        vanished(situation),
                        walElsewhere(situation),
                        unknownSizes(situation),
                        aboutServers(situation),
                        commitsThatWaitForCopies(situation),
                        otherRoles(situation),
                        unknownPassword(situation),
                        unknownPasswordFiles(situation),
                        walThatNoSlotKeeps(situation))
                .flatMap(notes -> notes)
                .toList();
    }

    /** That a wiped standby is cloned again is meant; that its file system is not mounted may not be. */
    private static Stream<Note> vanished(Situation situation) {
        return situation.standbys().stream()
                .filter(node -> situation.vanishedRecord(node).isPresent())
                .map(situation.topology()::node)
                .map(node -> Note.of(node.name() + ": an instance stood in " + node.dataDir()
                        + " and is gone; is a file system not mounted on " + node.host() + "?"));
    }

    /** Moving the WAL of an instance takes it down: that is not planned here. */
    private static Stream<Note> walElsewhere(Situation situation) {
        return situation.nodes().stream()
                .filter(situation::isInstalled)
                .flatMap(node -> situation.ground(node).stream()
                        .filter(ground -> !ground.dataDir().walTarget().isEmpty())
                        .flatMap(ground -> {
                            String declared = ground.walDir()
                                    .map(DirectoryFacts::path)
                                    .orElse(ground.dataDir().path() + "/pg_wal");
                            String real = ground.dataDir().walTarget();
                            return real.equals(declared)
                                    ? Stream.empty()
                                    : Stream.of(Note.notInForce("its WAL is in " + real + " and not in " + declared
                                                    + ": apply does not move it")
                                            .about(node));
                        }));
    }

    /** Whether a copy fits is checked before it begins; of a source that could not count its bytes nobody knows. */
    private static Stream<Note> unknownSizes(Situation situation) {
        return situation.standbys().stream()
                .filter(situation::isToBeMade)
                .filter(node -> situation
                        .server(situation.firstUpstream(node).node())
                        .filter(source -> source.databaseBytes().isEmpty())
                        .isPresent())
                .map(node -> Note.of(
                        node + ": how much " + situation.firstUpstream(node).node()
                                + " holds could not be counted in time; whether its copy fits is not known"));
    }

    /** A new rule waits for its standbys, unless a restart for other settings puts it in force before they stream. */
    private static Stream<Note> commitsThatWaitForCopies(Situation situation) {
        NodeName primary = situation.primary();
        SynchronousStandbys declared = CommitsGoOn.declared(situation);
        return situation.server(primary).filter(server -> !declared.enoughConfirm(server)).stream()
                .map(server -> situation.settingsDrift(primary))
                .filter(drift -> (drift.unwritten().contains(SynchronousStandbys.SETTING)
                                || drift.unloaded().contains(SynchronousStandbys.SETTING))
                        && !drift.awaitingRestart().isEmpty())
                .map(drift -> Note.of(primary + ": from its restart on commits wait until " + declared.count() + " of "
                        + String.join(", ", declared.names())
                        + (declared.count() == 1 ? " streams" : " stream")
                        + ", however long copies take; to go on meanwhile, apply without the synchronous group first"));
    }

    private static Stream<Note> aboutServers(Situation situation) {
        return situation.nodes().stream()
                .filter(situation::runs)
                .flatMap(node -> Stream.of(
                                settings(situation, node),
                                weakCommits(situation, node),
                                brokenFiles(situation, node),
                                otherHba(situation, node),
                                signalOfAStandby(situation, node),
                                slots(situation, node),
                                pausedReplay(situation, node),
                                undeclaredStreams(situation, node))
                        .flatMap(notes -> notes)
                        .map(note -> note.about(node)));
    }

    private static Stream<Note> settings(Situation situation, NodeName node) {
        SettingsDrift drift = situation.settingsDrift(node);
        return Stream.of(
                        drift.overridden().stream()
                                .flatMap(
                                        name -> situation.server(node).flatMap(server -> server.setting(name)).stream())
                                .map(setting -> Note.notInForce("something stronger than pgherder.conf decides "
                                        + setting.name() + " in " + setting.origin() + wayOut(setting))),
                        drift.undecided().stream()
                                .map(name -> Note.notInForce("the next start would change " + name
                                        + ": postgresql.auto.conf has another value, which waits for it; ALTER SYSTEM RESET "
                                        + name + " takes it away")),
                        drift.unknown().stream()
                                .map(name -> Note.unseen("the server does not know " + name
                                        + "; whether a reload is enough cannot be told")))
                .flatMap(notes -> notes);
    }

    private static String wayOut(Setting setting) {
        return setting.sourceFile().endsWith("postgresql.auto.conf")
                ? "; ALTER SYSTEM RESET " + setting.name() + " takes it away"
                : "";
    }

    /** A level that is declared is compared like every setting, and a weak one cannot be declared. */
    private static Stream<Note> weakCommits(Situation situation, NodeName node) {
        boolean isPromised = node.equals(situation.primary())
                && situation.topology().synchronous().count() > 0
                && !situation.topology().node(node).settings().containsKey(SynchronousCommit.SETTING);
        return situation.server(node).filter(server -> isPromised).stream()
                .flatMap(server -> server.setting(SynchronousCommit.SETTING).stream())
                .filter(level -> !SynchronousCommit.waitsForTheirDisks(level.value()))
                .map(level -> Note.notInForce((SynchronousCommit.waitsForStandbys(level.value())
                                ? "commits are acknowledged before a standby has them on disk"
                                : "commits wait for no standby")
                        + ": synchronous_commit is " + level.value() + ", from " + level.origin()
                        + (SettingsDrift.isStrongerThanOurFile(level)
                                ? "; take it away there"
                                : "; declare it under settings, as on")));
    }

    /** Settings are compared as they are in force; of a pg_hba.conf with one bad line the server takes nothing. */
    private static Stream<Note> brokenFiles(Situation situation, NodeName node) {
        Note.Kind hba = situation.topology().hba().isPresent() ? Note.Kind.NOT_IN_FORCE : Note.Kind.ASIDE;
        return situation.server(node).stream()
                .flatMap(server -> Stream.concat(
                        server.configErrors().stream().map(error -> brokenLine(error, Note.Kind.ASIDE)),
                        server.hbaErrors().stream().map(error -> brokenLine(error, hba))));
    }

    private static Note brokenLine(String error, Note.Kind kind) {
        String what = error.matches("could not open .*") ? "a file that cannot be opened" : "a broken line";
        return new Note(what + " voids every reload: " + error, kind);
    }

    /** Which file it reads is decided where the server is started or in postgresql.conf: not ours to change. */
    private static Stream<Note> otherHba(Situation situation, NodeName node) {
        return situation
                .topology()
                .hba()
                .flatMap(rules -> situation.instance(node))
                .flatMap(InstanceState::hba)
                .stream()
                .filter(file -> !file.inUse())
                .map(file -> Note.notInForce("the server reads another file than " + file.path()
                        + ": what is declared under hba is not in force; is hba_file set?"));
    }

    /** pgherder did not necessarily make it, and others may log in as it. */
    private static Stream<Note> otherRoles(Situation situation) {
        return situation.standbys().stream()
                .map(situation::loginRole)
                .flatMap(role -> Stream.concat(role.otherInFile().stream(), role.otherInForce().stream()))
                .distinct()
                .map(role -> Note.of("role " + role + ", as which standbys log in so far, is left alone"));
    }

    /** The standbys' comes from the primary. */
    private static Stream<Note> unknownPassword(Situation situation) {
        String user = situation.topology().replication().user();
        return situation.server(situation.primary()).flatMap(server -> server.role(user)).stream()
                .filter(role -> role.password() == PasswordMatch.UNKNOWN)
                .map(role -> Note.unseen(situation.primary() + ": whether the password of " + user
                        + " is the declared one could not be seen; is the agent older than this pgherder?"));
    }

    /** A standby that streams stays connected with an old one, and is refused when it has to connect again. */
    private static Stream<Note> unknownPasswordFiles(Situation situation) {
        String user = situation.topology().replication().user();
        return situation.standbys().stream()
                .filter(node -> situation.passwordFile(node).isHidden()
                        && situation.writtenUpstream(node).node().isPresent())
                .map(node -> Note.unseen(node + ": whether its password file has the declared password of " + user
                        + " could not be seen; is the agent older than this pgherder?"));
    }

    /** Its primary may have it all the same, which trying tells; if not, its slot keeps WAL there for nobody. */
    private static Stream<Note> walThatNoSlotKeeps(Situation situation) {
        NodeName primary = situation.primary();
        return situation.standbys().stream()
                .filter(situation::isInstalled)
                .filter(standby -> situation.firstUpstream(standby).isLastResort()
                        && situation.slot(primary, standby).beginsTooLate())
                .map(standby -> Note.of(standby + ": no slot keeps the WAL that it lacks; the one on " + primary
                        + " begins after what it has, and keeps WAL until it streams. If no upstream has it by chance, "
                        + standby + " has to be cloned again"));
    }

    /** Somebody may have made it for a purpose, and it does nothing before a restart: whether it goes is for a person to say. */
    private static Stream<Note> signalOfAStandby(Situation situation, NodeName node) {
        boolean isPrimary = node.equals(situation.primary())
                && situation.server(node).filter(server -> !server.inRecovery()).isPresent();
        return situation
                .instance(node)
                .filter(instance -> isPrimary && instance.standbySignal())
                .map(instance -> Note.notInForce(
                        "there is a standby.signal in its data directory: its next start makes it a standby"
                                + "; remove the file, if it is to stay the primary"))
                .stream();
    }

    private static Stream<Note> slots(Situation situation, NodeName node) {
        return situation.server(node).map(ServerFacts::slots).orElse(List.of()).stream()
                .filter(slot -> !slot.temporary())
                .filter(slot -> situation.standbys().stream()
                        .noneMatch(standby -> standby.value().equals(slot.name())))
                .map(slot -> Note.of("slot " + slot.name() + " is not a declared standby's and is left alone; "
                        + (slot.active() ? "somebody streams by it" : "it keeps WAL until somebody drops it")));
    }

    private static Stream<Note> pausedReplay(Situation situation, NodeName node) {
        return situation.server(node).filter(ServerFacts::replayPaused).stream()
                .map(server -> Note.of("replay is paused, and left alone: queries see what is old"));
    }

    /** A node that was taken out of the file runs on, and others have their reasons; those with a slot are named by that. */
    private static Stream<Note> undeclaredStreams(Situation situation, NodeName node) {
        List<Slot> slots = situation.server(node).map(ServerFacts::slots).orElse(List.of());
        return Strangers.on(situation, node)
                .filter(WalSender::isStreaming)
                .filter(sender -> slots.stream()
                        .noneMatch(slot -> slot.active() && slot.name().equals(sender.name())))
                .map(WalSender::applicationName)
                .distinct()
                .map(name -> Note.of(name + " streams from here, is not a declared node, and is left alone"));
    }
}
