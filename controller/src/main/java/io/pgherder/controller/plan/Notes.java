package io.pgherder.controller.plan;

import io.pgherder.controller.drift.ChangedByOthers;
import io.pgherder.controller.drift.ClusterDrift;
import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.HeldBack;
import io.pgherder.controller.drift.OptionDifference;
import io.pgherder.controller.drift.Origins;
import io.pgherder.controller.drift.SettingsDrift;
import io.pgherder.controller.observation.Confirmations;
import io.pgherder.controller.observation.SynchronousStandbys;
import io.pgherder.controller.pgvalue.ConnectionOption;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.action.Action;
import io.pgherder.controller.plan.action.CloneStandby;
import io.pgherder.controller.plan.action.RestartInstance;
import io.pgherder.controller.plan.action.StartInstance;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.topology.Topology;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a person should know although no step follows from it: mostly what is left alone, and why. */
final class Notes {
    /** What makes a plan refused. */
    private static final Set<DriftKind> REFUSED = Set.of(
            DriftKind.DATA_DIRECTORY_ELSEWHERE,
            DriftKind.INSTANCE_MISSING,
            DriftKind.OTHER_MAJOR_VERSION,
            DriftKind.OTHER_ROLE,
            DriftKind.OTHER_SYSTEM,
            DriftKind.OTHER_TIMELINE,
            DriftKind.PRIMARY_LACKS_WAL,
            DriftKind.SEVERAL_PRIMARIES);

    private Notes() {}

    static List<Note> about(Situation situation) {
        return about(situation, difference -> false);
    }

    /** Without what a refusal says anyway. */
    static List<Note> besideRefusals(Situation situation, List<Problem> refusals) {
        Set<String> refused = refusals.stream().map(Problem::subject).collect(Collectors.toSet());
        return about(
                situation,
                difference -> REFUSED.contains(difference.kind())
                        || (difference.kind() == DriftKind.NOT_STREAMING
                                && difference
                                        .subject()
                                        .node()
                                        .filter(node -> refused.contains(node.value()))
                                        .isPresent()));
    }

    private static List<Note> about(Situation situation, Predicate<Difference> isTold) {
        ClusterDrift drift = ClusterDrift.of(situation);
        return Stream.of(
                        vanished(situation),
                        primaryRestarts(situation),
                        takingTheirNames(situation),
                        leftToAPerson(drift, isTold),
                        notCompared(situation, drift),
                        unknownSizes(situation),
                        aboutServers(situation),
                        commitsThatWaitForCopies(situation),
                        exceptedNobody(situation),
                        otherRoles(situation),
                        droppedOptions(situation))
                .flatMap(notes -> notes)
                .toList();
    }

    /** Where nobody has asked for their end. */
    static Stream<Note> leftRunning(Situation situation) {
        return situation.removedNodes().stream()
                .map(node -> Note.of(node.name() + ": it is not in the file any more, and its instance in "
                        + node.instance().dataDir() + " on " + node.host()
                        + (node.isRunning() ? " runs on" : " lies there")
                        + "; apply " + Scope.PRUNE + " retires it"));
    }

    /** That a wiped standby is cloned again is meant; that its file system is not mounted may not be. */
    private static Stream<Note> vanished(Situation situation) {
        return situation.standbys().stream()
                .filter(node -> situation.vanishedRecord(node).isPresent())
                .map(situation.topology()::node)
                .map(node -> Note.of(node.name() + ": an instance stood in " + node.dataDir()
                        + " and is gone; is a file system not mounted on " + node.host() + "?"));
    }

    /** As when a cluster is taken over whose members have names that no node can have. */
    private static Stream<Note> takingTheirNames(Situation situation) {
        if (!Renamed.areWaitedFor(situation)) {
            return Stream.empty();
        }
        List<String> renamed =
                Renamed.standbys(situation).stream().map(NodeName::value).toList();
        return Stream.of(Note.of(situation.primary() + ": commits wait while "
                + (renamed.size() == 1
                        ? renamed.get(0) + " takes its name, until the primary has the rule that counts it by that"
                        : String.join(", ", renamed)
                                + " take their names, until the primary has the rule that counts them by these")
                + "; apply again if it is interrupted there"));
    }

    /** With a step that has files read again, or the server start anew, comes what others have written there. */
    static Stream<Note> alsoComesInForce(Situation situation, List<Step> steps) {
        return situation.nodes().stream().flatMap(node -> {
            List<Action> reading = steps.stream()
                    .map(Step::action)
                    .filter(action -> action.node().equals(node) && action.readsFilesAgain())
                    .toList();
            return reading.isEmpty()
                    ? Stream.empty()
                    : alsoComesInForce(
                            new ChangedByOthers(situation, node),
                            reading.stream().anyMatch(RestartInstance.class::isInstance));
        });
    }

    /** What keeps its configuration elsewhere does not pass its rules on. */
    static Stream<Note> bareCopies(Situation situation, List<Step> steps) {
        Topology topology = situation.topology();
        if (topology.hba().isPresent()) {
            return Stream.of();
        }
        return steps.stream()
                .map(Step::action)
                .filter(CloneStandby.class::isInstance)
                .map(CloneStandby.class::cast)
                .filter(clone -> topology.node(clone.node()).configDir().isEmpty())
                .flatMap(clone -> topology.node(clone.source().node()).configDir().stream()
                        .map(directory -> Note.of(clone.node() + ": its source "
                                + clone.source().node() + " has its pg_hba.conf in " + directory
                                + ", so the copy gets one of its own, which lets in nobody but the agent: declare hba, or"
                                + " write its rules before anybody is to connect to it or to follow it")));
    }

    /** With a step that starts a server comes what it has not started with before. */
    static Stream<Note> triesAgain(Situation situation, List<Step> steps) {
        return steps.stream()
                .map(Step::action)
                .filter(action -> action instanceof RestartInstance || action instanceof StartInstance)
                .map(action -> new HeldBack(situation, action.node()))
                .flatMap(Notes::triesAgain);
    }

    private static Stream<Note> triesAgain(HeldBack heldBack) {
        List<String> again = heldBack.triedAgain();
        return heldBack
                .refused()
                .filter(refused -> !again.isEmpty())
                .map(refused -> Note.of(heldBack.node() + ": its start tries " + String.join(", ", again)
                        + " again, with which it did not start at " + Origins.minute(refused.at()) + ": "
                        + refused.why()
                        + "; correct that before, or it goes down and comes up as it was"))
                .stream();
    }

    private static Stream<Note> alsoComesInForce(ChangedByOthers changed, boolean restarts) {
        List<String> lines = (restarts ? changed.all() : changed.onReload())
                .map(each -> each.line().name() + " = " + each.line().told() + " from "
                        + each.line().origin())
                .toList();
        return lines.isEmpty()
                ? Stream.empty()
                : Stream.of(Note.of(changed.node() + ": its " + (restarts ? "restart" : "reload")
                        + " also puts in force what somebody has changed: " + String.join(", ", lines)));
    }

    /** While it does nobody can write; a switchover takes less than stopping a server with its checkpoint, and starting it. */
    private static Stream<Note> primaryRestarts(Situation situation) {
        NodeName primary = situation.primary();
        return RestartOrder.restarting(situation).contains(primary)
                        && !situation.standbys().isEmpty()
                        && !RestartOrder.isPrimaryFirst(situation)
                ? Stream.of(
                        Note.of(
                                primary + ": writes pause while it restarts; for less of a pause limit the apply to the"
                                        + " standbys, move the primary role to one of them by a switchover, and apply the rest"))
                : Stream.empty();
    }

    /** What is not as declared, and no step of any plan changes. What is a host's and not a node's is told by a drift only. */
    private static Stream<Note> leftToAPerson(ClusterDrift drift, Predicate<Difference> isTold) {
        return drift.differences().stream()
                .filter(difference -> difference.byHand().isPresent()
                        && difference.subject().node().isPresent()
                        && !isTold.test(difference))
                .map(difference -> new Note(
                        difference.subject() + ": " + difference.inOneLine(),
                        difference.isBesideTheFile() ? Note.Kind.ASIDE : Note.Kind.NOT_IN_FORCE));
    }

    /** A node that could not be seen at all is a refusal. */
    private static Stream<Note> notCompared(Situation situation, ClusterDrift drift) {
        return drift.unseen().stream()
                .filter(unseen ->
                        unseen.subject().node().filter(situation::runs).isPresent())
                .map(unseen -> Note.unseen(unseen.why().summary()
                        + (unseen.why().hint().isEmpty()
                                ? ""
                                : "; " + unseen.why().hint())));
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

    /**
     * A new rule waits for its standbys, unless a restart for other settings puts it in force before they stream. Whoever is silent now has
     * connected anew after the restart, or is not there for FIRST to choose.
     */
    private static Stream<Note> commitsThatWaitForCopies(Situation situation) {
        NodeName primary = situation.primary();
        SynchronousStandbys declared = CommitsGoOn.declared(situation);
        return situation.server(primary).map(declared::confirmations).stream()
                .filter(now -> now.confirming().size() < now.required())
                .filter(now -> restartBringsTheRule(situation.settingsDrift(primary)))
                .map(now -> Note.of(primary + ": from its restart on commits wait until " + waitFor(declared, now)
                        + "; to go on meanwhile, apply without the synchronous group first"));
    }

    private static boolean restartBringsTheRule(SettingsDrift drift) {
        return (drift.unwritten().contains(SynchronousStandbys.SETTING)
                        || drift.unloaded().contains(SynchronousStandbys.SETTING))
                && !drift.awaitingRestart().isEmpty();
    }

    private static String waitFor(SynchronousStandbys declared, Confirmations now) {
        String some = declared.count() + " of " + String.join(", ", declared.names());
        String ending = declared.count() == 1 ? "s" : "";
        if (now.silent().isEmpty()) {
            return some + " stream" + ending + ", however long copies take";
        }
        return some + " answer" + ending + ", and "
                + String.join(", ", now.silent().keySet())
                + (now.silent().size() == 1 ? ", which streams, does not" : ", which stream, do not");
    }

    private static Stream<Note> exceptedNobody(Situation situation) {
        return ExceptedNames.unknown(situation).stream()
                .map(missing -> Note.of("synchronous.except: there is no " + missing + " on " + situation.primary()
                        + "; is the name spelled as in its catalog?"));
    }

    private static Stream<Note> aboutServers(Situation situation) {
        return situation.nodes().stream()
                .filter(situation::runs)
                .flatMap(node -> Stream.of(
                                unknownSettings(situation, node),
                                OthersOnServer.slots(situation, node),
                                OthersOnServer.streams(situation, node))
                        .flatMap(notes -> notes)
                        .map(note -> note.about(node)));
    }

    /** As a name of a library that is not loaded yet: the server may know it after its next start. */
    private static Stream<Note> unknownSettings(Situation situation, NodeName node) {
        return situation.settingsDrift(node).unknown().stream()
                .map(name -> Note.unseen(
                        "the server does not know " + name + "; whether a reload is enough cannot be told"));
    }

    /** pgherder did not necessarily make it, and others may log in as it. */
    private static Stream<Note> otherRoles(Situation situation) {
        return situation.standbys().stream()
                .map(situation::loginRole)
                .flatMap(role -> Stream.concat(role.otherInFile().stream(), role.otherInForce().stream()))
                .distinct()
                .map(role -> Note.of("role " + role + ", as which standbys log in so far, is left alone"));
    }

    /** Also where a step is there for another reason, which says nothing of them. */
    private static Stream<Note> droppedOptions(Situation situation) {
        Map<List<OptionDifference>, List<NodeName>> standbys = new LinkedHashMap<>();
        for (NodeName standby : situation.standbys()) {
            List<OptionDifference> dropped = situation.upstreamOptions(standby).otherInForce().stream()
                    .filter(option -> option.declared().isEmpty())
                    .toList();
            if (!dropped.isEmpty()) {
                standbys.computeIfAbsent(dropped, options -> new ArrayList<>()).add(standby);
            }
        }
        return Stream.concat(
                standbys.entrySet().stream().map(some -> dropped(some.getValue(), some.getKey())),
                situation.standbys().stream()
                        .filter(standby -> situation.upstreamOptions(standby).areUnseen())
                        .map(standby -> Note.unseen(standby
                                + ": its primary_conninfo could not be read; what the file does not declare of it, apply"
                                + " drops")));
    }

    private static Note dropped(List<NodeName> standbys, List<OptionDifference> options) {
        boolean mayStay = options.stream()
                .allMatch(option -> ConnectionOption.named(option.name())
                        .filter(known -> known.accepts(option.observed().orElse("")))
                        .isPresent());
        return Note.of(standbys.stream().map(NodeName::value).collect(Collectors.joining(", "))
                + ": primary_conninfo has "
                + options.stream()
                        .map(option -> option.name() + "=" + option.observed().orElse(""))
                        .collect(Collectors.joining(" "))
                + ", which the file does not declare and apply drops"
                + (mayStay ? "; replication.options would keep it" : ""));
    }
}
