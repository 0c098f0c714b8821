package io.pgherder.controller.plan;

import io.pgherder.controller.drift.ClusterDrift;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.action.Action;
import io.pgherder.controller.plan.action.DropSlot;
import io.pgherder.controller.plan.action.ResetSynchronousCommit;
import io.pgherder.controller.plan.action.WriteSettings;
import io.pgherder.controller.simulation.Agreement;
import io.pgherder.controller.simulation.RandomCluster;
import io.pgherder.controller.simulation.RandomWalk;
import io.pgherder.controller.simulation.SimulatedCluster;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

/** What is asked of every cluster, whatever has become of it: one plan, carried out in any order, makes it as declared. */
final class Convergence {
    /** Of a slot that no declared node has, nobody knows whose it is. */
    private static final Set<DriftKind> LEFT_TO_A_PERSON = Set.of(DriftKind.SLOT_ORPHANED);

    private final Planner planner = new Planner();

    static LongStream seeds() {
        Long one = Long.getLong("pgherder.seed");
        return one == null ? LongStream.rangeClosed(1, Long.getLong("pgherder.seeds", 10)) : LongStream.of(one);
    }

    /**
     * With mishaps too, but not while max_connections shrinks: as long as a standby gets no WAL from its primary, the next plan is refused,
     * so it comes a moment later.
     */
    void interruptEverywhere(SimulatedCluster start, RandomCluster chance, Random random) {
        Plan plan = planned(start);
        boolean shrinks = EditedFile.isAboutToShrink(start);
        int ways = shrinks ? 3 : 4;
        for (int prefix = 0; prefix <= plan.steps().size(); prefix++) {
            SimulatedCluster cluster = start.copy();
            RandomWalk walk = new RandomWalk(cluster, plan, random);
            walk.steps(prefix);
            switch (random.nextInt(ways)) {
                case 0 -> walk.halfAStep();
                case 1 -> walk.leaveRunning();
                case 2 -> cluster.timePasses();
                default -> chance.mishaps(cluster);
            }
            if (shrinks) {
                cluster.timePasses();
            }
            isWholeAfterOnePlan(cluster, random);
        }
    }

    void isWholeAfterOnePlan(SimulatedCluster cluster, Random random) {
        Set<NodeName> stopped = stoppedIn(cluster);
        carryOut(planned(cluster), cluster, random);
        closeWhatNobodyCouldSee(cluster, stopped, random);
        Plan left = planned(cluster);
        if (!left.isEmpty()) {
            throw new AssertionError("there is still something to do:\n" + Agreement.words(left));
        }
        cluster.checkIsAsDeclared();
        ClusterDrift drift = Agreement.drift(cluster);
        assertThat(drift.differences())
                .as("what differs, and is not a person's by nature")
                .allMatch(
                        difference -> difference.byHand().isPresent() && LEFT_TO_A_PERSON.contains(difference.kind()));
        boolean couldSeeAll =
                cluster.topology().hosts().stream().allMatch(host -> cluster.host(host.name()).comparesPasswords);
        if (couldSeeAll) {
            assertThat(drift.unseen()).isEmpty();
        }
    }

    /**
     * A stopped server tells neither its slots nor its roles, nor what an ALTER SYSTEM has set: of these only a second plan may find
     * something.
     */
    private void closeWhatNobodyCouldSee(SimulatedCluster cluster, Set<NodeName> stopped, Random random) {
        Plan second = planned(cluster);
        Set<NodeName> resets = second.steps().stream()
                .map(Step::action)
                .filter(action -> action instanceof WriteSettings write
                        && write.changed().isEmpty()
                        && !write.reset().isEmpty())
                .map(Action::node)
                .collect(Collectors.toSet());
        boolean onlyThat = second.steps().stream()
                .map(Step::action)
                .allMatch(action -> (action instanceof DropSlot
                                || action instanceof ResetSynchronousCommit
                                || resets.contains(action.node()))
                        && stopped.contains(action.node()));
        if (onlyThat) {
            carryOut(second, cluster, random);
        }
    }

    private static void carryOut(Plan plan, SimulatedCluster cluster, Random random) {
        try {
            new RandomWalk(cluster, plan, random).toTheEnd();
        } catch (AssertionError objection) {
            throw new AssertionError(objection.getMessage() + "\nin\n" + Agreement.words(plan), objection);
        }
    }

    private static Set<NodeName> stoppedIn(SimulatedCluster cluster) {
        SideBySide look = new SideBySide(cluster.topology(), cluster.observe());
        return look.nodes().stream()
                .filter(node -> look.isInstalled(node) && look.server(node).isEmpty())
                .collect(Collectors.toSet());
    }

    Plan planned(SimulatedCluster cluster) {
        Plan plan = planner.plan(cluster.topology(), cluster.observe());
        if (isOnlyBusy(plan)) {
            cluster.shortOperationsEnd();
            plan = planner.plan(cluster.topology(), cluster.observe());
        }
        if (plan.isRefused()) {
            throw new AssertionError("refused: "
                    + plan.refusals().stream()
                            .map(problem -> problem.summary() + " " + problem.details())
                            .collect(Collectors.joining("\n")));
        }
        Agreement.check(cluster, plan);
        return plan;
    }

    /** By something that is over in no time; what takes long is never in the way but attached to. */
    private static boolean isOnlyBusy(Plan plan) {
        return plan.isRefused()
                && plan.refusals().stream().allMatch(problem -> problem.code().equals(PlanProblem.BUSY.id()));
    }

    static void replay(long seed, Runnable situation) {
        try {
            situation.run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("with -Dpgherder.seed=" + seed + ": " + e.getMessage(), e);
        }
    }
}
