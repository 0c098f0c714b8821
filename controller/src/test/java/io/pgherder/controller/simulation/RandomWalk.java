package io.pgherder.controller.simulation;

import io.pgherder.controller.observation.RunningOperation;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Condition;
import io.pgherder.controller.plan.Plan;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.plan.Step;
import io.pgherder.controller.plan.action.Action;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** Carries out a plan on a simulated cluster in any order that its dependencies allow, and stops where it is told to. */
public final class RandomWalk {
    private final SimulatedCluster cluster;
    private final Plan plan;
    private final Random random;
    private final Set<Integer> done = new HashSet<>();
    private final Set<NodeName> stopped;

    public RandomWalk(SimulatedCluster cluster, Plan plan, Random random) {
        this.cluster = cluster;
        this.plan = plan;
        this.random = random;
        this.stopped = stoppedIn(cluster);
        cluster.begin();
    }

    public void toTheEnd() {
        steps(plan.steps().size());
    }

    public void steps(int count) {
        for (int taken = 0; taken < count; taken++) {
            List<Step> ready = ready();
            List<Action> due = ready.stream().map(Step::action).toList();
            SimulatedSenders.check(cluster, due);
            SimulatedCommits.check(cluster, due);
            take(ready.get(random.nextInt(ready.size())));
        }
    }

    private void take(Step step) {
        Action action = step.action();
        step.attachTo()
                .ifPresent(id -> cluster.node(action.node())
                        .operations
                        .removeIf(operation -> operation.operationId().equals(id)));
        checkNeeds(action);
        cluster.execute(action);
        done.add(step.number());
    }

    private void checkNeeds(Action action) {
        Situation situation = new Situation(cluster.topology(), cluster.observe());
        for (Condition need : action.needs()) {
            if (!need.holdsIn(situation) && !isForWhatNobodySaw(need, situation)) {
                throw new AssertionError(
                        action.node() + " " + action.words() + " is due, and not true is: " + need.words());
            }
        }
    }

    /** What an ALTER SYSTEM has set is known only of a server that runs. */
    private boolean isForWhatNobodySaw(Condition need, Situation situation) {
        return need instanceof Condition.SettingsWritten written
                && stopped.contains(written.node())
                && !situation.settingsDrift(written.node()).shadowed().isEmpty()
                && situation.settingsDrift(written.node()).unwritten().isEmpty();
    }

    private static Set<NodeName> stoppedIn(SimulatedCluster cluster) {
        Situation situation = new Situation(cluster.topology(), cluster.observe());
        return situation.nodes().stream()
                .filter(node -> situation.isInstalled(node) && !situation.runs(node))
                .collect(Collectors.toSet());
    }

    /** One of the steps that are due is cut short by the death of its agent. */
    public void halfAStep() {
        List<Step> ready = ready();
        if (!ready.isEmpty()) {
            cluster.executeHalf(ready.get(random.nextInt(ready.size())).action());
        }
    }

    /** The controller dies while agents go on with what is due, one operation each. */
    public void leaveRunning() {
        Set<NodeName> busy = new HashSet<>();
        for (Step step : ready()) {
            if (random.nextBoolean() && busy.add(step.action().node())) {
                cluster.node(step.action().node())
                        .operations
                        .add(new RunningOperation(
                                "op-" + step.number(),
                                step.action().verb(),
                                step.action().fingerprint(),
                                Instant.EPOCH));
            }
        }
    }

    private List<Step> ready() {
        List<Step> ready = new ArrayList<>();
        for (Step step : plan.steps()) {
            if (!done.contains(step.number()) && done.containsAll(step.after())) {
                ready.add(step);
            }
        }
        return ready;
    }
}
