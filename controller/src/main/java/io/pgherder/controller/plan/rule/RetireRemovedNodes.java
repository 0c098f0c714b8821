package io.pgherder.controller.plan.rule;

import io.pgherder.controller.drift.Conninfo;
import io.pgherder.controller.drift.RemovedNode;
import io.pgherder.controller.observation.ServerFacts.Slot;
import io.pgherder.controller.observation.SynchronousStandbys;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Condition.SettingsInForce;
import io.pgherder.controller.plan.Condition.SlotGone;
import io.pgherder.controller.plan.Condition.Stopped;
import io.pgherder.controller.plan.Condition.Streams;
import io.pgherder.controller.plan.Impact;
import io.pgherder.controller.plan.ProposedStep;
import io.pgherder.controller.plan.Reason;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.plan.action.DropSlot;
import io.pgherder.controller.plan.action.InstanceAddress;
import io.pgherder.controller.plan.action.SetAside;
import io.pgherder.controller.plan.action.StopInstance;
import io.pgherder.controller.topology.PostgresSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A standby that was taken out of the file stops once nobody of the file streams from one, and no commit waits for it; then its slots go,
 * and its directories are set aside. Only where a person has asked for that: otherwise it runs on.
 */
public final class RetireRemovedNodes implements Rule {
    private static final Reason GONE = Reason.of("it is not in the file any more");

    @Override
    public List<ProposedStep> propose(Situation situation) {
        return situation.removedNodes().stream()
                .flatMap(node -> retire(situation, node).stream())
                .toList();
    }

    private static List<ProposedStep> retire(Situation situation, RemovedNode removed) {
        InstanceAddress address = address(situation, removed);
        List<ProposedStep> steps = new ArrayList<>();
        if (removed.isRunning()) {
            steps.add(stop(situation, removed, address));
        }
        // Last: while its directories are in their place a run that was stopped on its way goes on with the rest.
        ProposedStep aside = ProposedStep.of(
                new SetAside(address), Reason.of("nothing is deleted: its data stay beside their place"));
        for (NodeName node : situation.nodes()) {
            if (keepsSlotFor(situation, node, removed.name())) {
                steps.add(ProposedStep.of(
                        new DropSlot(situation.address(node), removed.name(), new Stopped(removed.name())),
                        Reason.of("it would keep WAL forever for " + removed.name()
                                + ", which is not in the file any more")));
                aside = aside.alsoNeeding(new SlotGone(node, removed.name()));
            }
        }
        steps.add(aside);
        return steps;
    }

    private static ProposedStep stop(Situation situation, RemovedNode removed, InstanceAddress address) {
        ProposedStep stop = ProposedStep.of(new StopInstance(address, Impact.STOP), GONE);
        for (NodeName standby : situation.standbys()) {
            if (streamsFromRemoved(situation, standby) || mayNeedItsWal(situation, standby)) {
                stop = stop.alsoNeeding(new Streams(standby, situation.declaredUpstream(standby)));
            }
        }
        NodeName primary = situation.primary();
        boolean isCounted = situation
                .server(primary)
                .flatMap(SynchronousStandbys::waitedFor)
                .filter(rule -> rule.contains(removed.name()))
                .isPresent();
        return isCounted ? stop.alsoNeeding(new SettingsInForce(primary)) : stop;
    }

    /**
     * From whichever of them: they may stream from each other, and the WAL of a standby that falls behind meanwhile may be gone where it
     * moves to. By whatever address it reaches it, if no declared node sends to it on that port.
     */
    private static boolean streamsFromRemoved(Situation situation, NodeName standby) {
        return situation.tree().streamsFrom(standby).isEmpty()
                && situation
                        .tree()
                        .streamingReceiver(standby)
                        .filter(receiver -> situation.removedNodes().stream()
                                .anyMatch(node -> node.instance().port() == receiver.senderPort()))
                        .isPresent();
    }

    /**
     * One that does not stream, and goes to one of them when it starts: what it lacks may be nowhere else. That they keep a slot for it is not
     * seen, as nobody asks them; its file says whom it follows.
     */
    private static boolean mayNeedItsWal(Situation situation, NodeName standby) {
        return !situation.tree().isStreaming(standby)
                && situation
                        .managedFile(standby)
                        .upstream()
                        .filter(written ->
                                situation.removedNodes().stream().anyMatch(node -> goesTo(situation, written, node)))
                        .isPresent();
    }

    private static boolean goesTo(Situation situation, Conninfo written, RemovedNode node) {
        return written.port().filter(port -> port == node.instance().port()).isPresent()
                && situation.nodes().stream()
                        .map(situation.topology()::node)
                        .noneMatch(
                                declared -> declared.port() == node.instance().port()
                                        && written.host()
                                                .filter(situation
                                                        .topology()
                                                        .host(declared.host())
                                                        .address()::equals)
                                                .isPresent());
    }

    private static boolean keepsSlotFor(Situation situation, NodeName node, NodeName removed) {
        return situation
                .server(node)
                .flatMap(server -> server.slot(removed.value()))
                .filter(Slot::physical)
                .isPresent();
    }

    private static InstanceAddress address(Situation situation, RemovedNode removed) {
        PostgresSpec postgres = situation.topology().postgres();
        int version = removed.instance().majorVersion();
        return new InstanceAddress(
                situation.topology().cluster(),
                removed.name(),
                removed.host(),
                version,
                version == postgres.majorVersion() ? postgres.binDir() : Optional.empty(),
                removed.instance().dataDir(),
                Optional.empty(),
                removed.instance().configDir(),
                removed.instance().port(),
                postgres.superuser());
    }
}
