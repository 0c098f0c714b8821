package io.pgherder.controller.plan.rule;

import io.pgherder.controller.drift.ManagedFile;
import io.pgherder.controller.drift.OptionDifference;
import io.pgherder.controller.drift.Origins;
import io.pgherder.controller.drift.SettingsDrift;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.WalReceiver;
import io.pgherder.controller.observation.SynchronousStandbys;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.Secrets;
import io.pgherder.controller.plan.Condition.HbaInForce;
import io.pgherder.controller.plan.Condition.RoleReady;
import io.pgherder.controller.plan.ProposedStep;
import io.pgherder.controller.plan.Reason;
import io.pgherder.controller.plan.ReplicationLogin;
import io.pgherder.controller.plan.RestartOrder;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.plan.UpstreamOptions;
import io.pgherder.controller.plan.action.Configuration;
import io.pgherder.controller.plan.action.Upstream;
import io.pgherder.controller.plan.action.WriteSettings;
import io.pgherder.controller.topology.FieldPath;
import io.pgherder.controller.topology.ReplicationSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * pgherder.conf of every node holds what is declared, and its password file the password with which it gets in where that sends it. A
 * running primary is told of a new synchronous standby only once that one streams.
 */
final class WriteChangedSettings implements Rule {
    /** As much of a line as tells which one is meant. */
    private static final int SHORT = 40;

    @Override
    public List<ProposedStep> propose(Situation situation) {
        return situation.nodes().stream()
                .filter(situation::isInstalled)
                .filter(node -> !situation.isWritten(node)
                        || situation.writtenUpstream(node).leavesOnReload()
                        || needsPassword(situation, node)
                        || lostItsSignal(situation, node))
                .map(node -> write(situation, node))
                .toList();
    }

    private static boolean needsPassword(Situation situation, NodeName node) {
        return situation.passwordFile(node).isToBeWritten();
    }

    /** One that is stopped is refused: whether it was a standby nobody knows any more. */
    private static boolean lostItsSignal(Situation situation, NodeName node) {
        return !node.equals(situation.primary())
                && situation.server(node).filter(ServerFacts::inRecovery).isPresent()
                && situation
                        .instance(node)
                        .filter(instance -> !instance.standbySignal())
                        .isPresent();
    }

    private static ProposedStep write(Situation situation, NodeName node) {
        SettingsDrift drift = situation.settingsDrift(node);
        boolean isPrimary = node.equals(situation.primary());
        Optional<Upstream> upstream = isPrimary ? Optional.empty() : Optional.of(presentUpstream(situation, node));
        WriteSettings write = new WriteSettings(
                situation.address(node),
                Configuration.of(situation.topology(), node, upstream),
                changed(situation, node, drift),
                drift.shadowed());

        ProposedStep step = inTurn(situation, ProposedStep.of(write, reason(situation, node, drift)));
        if (situation.passwordFile(node).mayBeWrong()) {
            // The role waits for this one: once it has the password, nothing would show that this file has not.
            return step;
        }
        if (upstream.isPresent()) {
            // It is given the declared role and password too: it has to get in with them, should it connect again.
            ProposedStep known = step.alsoNeeding(new RoleReady(situation.primary()));
            return situation.loginRole(node).otherInFile().isPresent()
                    ? withAnotherRole(situation, known, upstream.get().node())
                    : known;
        }
        return drift.unwritten().contains(SynchronousStandbys.SETTING)
                        || drift.shadowed().contains(SynchronousStandbys.SETTING)
                ? SynchronousNames.onceMembersStream(situation, step, counted(situation, node, drift))
                : step;
    }

    /**
     * What only a restart puts in force, and a start may refuse, is written when it is this node's turn to restart or to start: until then a crash
     * brings it up with what it has now, and if the settings do not start a node before it, they are in no other file. What it needs to
     * connect again, or not to come up as a primary, does not wait; nor does a file that is not as pgherder wrote it.
     */
    private static ProposedStep inTurn(Situation situation, ProposedStep step) {
        if (!situation.runs(step.node())) {
            return step.preferring(RestartOrder.startingAfter(situation, step.node()));
        }
        boolean isUrgent = ReplicationLogin.isToBeWritten(situation, step.node())
                || lostItsSignal(situation, step.node())
                || !situation.settingsDrift(step.node()).included()
                || !situation.canReload(step.node());
        return !isUrgent && RestartOrder.restarting(situation).contains(step.node())
                ? step.preferring(RestartOrder.restartingAfter(situation, step.node()))
                : step;
    }

    /** Its upstream lets that role in, and no reload for its own hba makes it log in as that before it is told to follow. */
    private static ProposedStep withAnotherRole(Situation situation, ProposedStep step, NodeName upstream) {
        ProposedStep let = step.alsoNeeding(new HbaInForce(upstream));
        return situation.canReload(step.node()) ? let.alsoNeeding(new HbaInForce(step.node())) : let;
    }

    private static List<String> changed(Situation situation, NodeName node, SettingsDrift drift) {
        boolean otherRole = situation.loginRole(node).otherInFile().isPresent();
        List<String> changed = new ArrayList<>();
        if (!drift.included() || !drift.strange().isEmpty()) {
            changed.add(WriteSettings.ALL);
        } else {
            changed.addAll(drift.unwritten());
            if (otherRole
                    || !situation.writtenUpstream(node).namesTheStandby()
                    || situation.writtenUpstream(node).leavesOnReload()
                    || (drift.unwritten().isEmpty()
                            && !situation.writtenUpstream(node).isInOrder())) {
                changed.add("primary_conninfo");
            }
        }
        if (needsPassword(situation, node) || otherRole) {
            changed.add(WriteSettings.PASSWORD_FILE);
        }
        if (lostItsSignal(situation, node)) {
            changed.add(WriteSettings.STANDBY_SIGNAL);
        }
        return changed;
    }

    /**
     * The file keeps sending a running standby where it streams, by the address, the slot and the options that it uses now: to move it,
     * also to another address, to give it a slot or other options is another step's.
     */
    private static Upstream presentUpstream(Situation situation, NodeName standby) {
        Upstream upstream = Upstream.of(
                situation.topology(), situation.firstUpstream(standby).node(), standby);
        if (!situation.runs(standby) || situation.writtenUpstream(standby).isAboutToStartCutOff()) {
            return upstream;
        }
        Upstream present = upstream.withSlot(presentSlot(situation, standby));
        return situation.tree().isStreaming(standby)
                ? situation
                        .tree()
                        .receiver(standby)
                        .map(receiver -> present.at(receiver.senderHost(), receiver.senderPort())
                                .with(situation.upstreamOptions(standby).kept()))
                        .orElse(present)
                : present;
    }

    /** Of one that does not stream, the one that its file tells it to use. Empty: none. */
    private static String presentSlot(Situation situation, NodeName standby) {
        return situation
                .tree()
                .receiver(standby)
                .map(WalReceiver::slot)
                .orElseGet(() -> situation.writtenUpstream(standby).slot().orElse(""));
    }

    private static Reason reason(Situation situation, NodeName node, SettingsDrift drift) {
        if (lostItsSignal(situation, node)) {
            return Reason.of("without standby.signal its next start would make it a second primary");
        }
        if (!needsPassword(situation, node)) {
            return settingsReason(situation, node, drift);
        }
        String password = passwordReason(situation, node);
        if (situation.isWritten(node)) {
            return Reason.declared(FieldPath.of("replication", "password"), password);
        }
        Reason settings = settingsReason(situation, node, drift);
        return new Reason(settings.text() + ", and " + password, settings.declared());
    }

    private static String passwordReason(Situation situation, NodeName standby) {
        ReplicationSpec declared = situation.topology().replication();
        if (situation.passwordFile(standby).mayBeWrong()) {
            return "whether it has the declared password of " + declared.user() + " could not be seen";
        }
        if (situation.passwordFile(standby).isOpen()) {
            return "the password file is open to others, and PostgreSQL passes over it";
        }
        return situation.passwordFile(standby).isAbsent()
                ? "there is no password of " + declared.user() + " for its upstream"
                : "the password of " + declared.user() + " differs from "
                        + declared.password().origin();
    }

    private static Reason settingsReason(Situation situation, NodeName node, SettingsDrift drift) {
        if (situation.isToBeTakenOver(node)) {
            return Reason.of("take over: it has no pgherder.conf");
        }
        if (!drift.included()) {
            return Reason.of("postgresql.conf does not include pgherder.conf as its last line");
        }
        if (!drift.strange().isEmpty()) {
            return Reason.of("pgherder.conf has a line that is not a setting: "
                    + shortened(Secrets.told(drift.strange().get(0))));
        }
        Optional<String> otherRole = situation.loginRole(node).otherInFile();
        if (drift.unwritten().isEmpty() && !drift.shadowed().isEmpty()) {
            return alterSystem(situation, node, drift.shadowed().get(0));
        }
        if (drift.unwritten().isEmpty() && otherRole.isPresent()) {
            return Reason.declared(FieldPath.of("replication", "user"), "it logs in as " + otherRole.get());
        }
        if (drift.unwritten().isEmpty() && !situation.writtenUpstream(node).namesTheStandby()) {
            return Reason.of("it calls itself by another name, by which no primary counts it");
        }
        List<OptionDifference> otherOptions = situation.upstreamOptions(node).otherInFile();
        if (drift.unwritten().isEmpty() && !situation.writtenUpstream(node).isInOrder() && !otherOptions.isEmpty()) {
            return Reason.declared(
                    otherOptions.get(0).path(node), "it is to connect " + UpstreamOptions.words(otherOptions));
        }
        if (drift.unwritten().isEmpty() && situation.isUpstreamLeftOver(node)) {
            return Reason.of("pgherder.conf names an upstream, as a standby's does");
        }
        if (drift.unwritten().isEmpty()) {
            return Reason.of(
                    situation.writtenUpstream(node).leavesOnReload()
                            ? "a reload would send it elsewhere, or to another slot, before its turn"
                            : "pgherder.conf sends it elsewhere, or without its slot");
        }
        String first = drift.unwritten().get(0);
        return Reason.declared(declaredAt(node, first), "pgherder.conf says otherwise");
    }

    private static Reason alterSystem(Situation situation, NodeName node, String setting) {
        String where = situation
                .instance(node)
                .map(Origins::new)
                .flatMap(origins ->
                        origins.alterSystem(setting).map(entry -> ", to " + entry.told() + " in " + origins.of(entry)))
                .orElse("");
        return Reason.declared(declaredAt(node, setting), Origins.whoSets(setting) + " has set " + setting + where);
    }

    private static FieldPath declaredAt(NodeName node, String setting) {
        return switch (setting) {
            case SynchronousStandbys.SETTING -> FieldPath.of("synchronous");
            case "port" -> FieldPath.of("nodes", node, "port");
            case "cluster_name", "hot_standby", "recovery_target_timeline" -> FieldPath.of("nodes", node);
            default -> FieldPath.of("nodes", node, "settings", setting);
        };
    }

    private static String shortened(String line) {
        String printable = line.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= SHORT ? printable : printable.substring(0, SHORT) + "...";
    }

    /** The names that it waits for now. A file with a line that is no setting does not tell: nobody could have loaded it. */
    private static String counted(Situation situation, NodeName primary, SettingsDrift drift) {
        return drift.strange().isEmpty()
                ? situation
                        .instance(primary)
                        .flatMap(InstanceState::managedSettings)
                        .flatMap(file -> ManagedFile.of(file).value(SynchronousStandbys.SETTING))
                        .orElse("")
                : SynchronousNames.inForce(situation, primary);
    }
}
