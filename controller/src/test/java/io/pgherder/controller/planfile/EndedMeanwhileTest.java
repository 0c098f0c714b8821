package io.pgherder.controller.planfile;

import io.pgherder.controller.observation.RunningOperation;
import io.pgherder.controller.pgvalue.SystemIdentifier;
import io.pgherder.controller.plan.Plan;
import io.pgherder.controller.plan.Planner;
import io.pgherder.controller.plan.Step;
import io.pgherder.controller.plan.action.Action;
import io.pgherder.controller.plan.action.CreateSlot;
import io.pgherder.controller.plan.action.EnsureRole;
import io.pgherder.controller.plan.action.InitPrimary;
import io.pgherder.controller.sample.Orders;
import io.pgherder.controller.simulation.SimulatedCluster;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static io.pgherder.controller.sample.Orders.PG1;
import static org.assertj.core.api.Assertions.assertThat;

class EndedMeanwhileTest {
    private final SimulatedCluster cluster = new SimulatedCluster(Orders.topology());

    @Test
    void aNewPrimaryThatIsThereBringsItsSystemIdentifier() {
        Plan shown = shownWhileRunning(InitPrimary.class);
        Plan now = ended(shown);

        assertThat(shown.systemIdentifier()).isEmpty();
        assertThat(now.systemIdentifier()).isPresent();
        assertThat(EndedMeanwhile.steps(shown, now))
                .containsExactly(shown.steps().get(0));
    }

    @Test
    void whatIsLeftComesAfterTheSameStepsAsShown() {
        carryOutUntil(EnsureRole.class);
        Plan shown = shownWhileRunning(EnsureRole.class);

        assertThat(EndedMeanwhile.steps(shown, ended(shown)))
                .extracting(step -> step.action().verb())
                .containsExactly("EnsureRole");
    }

    @Test
    void whileItStillRunsNothingHasEnded() {
        Plan shown = shownWhileRunning(InitPrimary.class);

        assertThat(EndedMeanwhile.steps(shown, plan())).isEmpty();
    }

    @Test
    void aFurtherStepThatIsDoneIsSomebodysDoing() {
        carryOutUntil(EnsureRole.class);
        Plan shown = shownWhileRunning(EnsureRole.class);
        cluster.execute(first(shown, CreateSlot.class));

        assertThat(EndedMeanwhile.steps(shown, ended(shown))).isEmpty();
    }

    @Test
    void aFurtherStepThatIsDueIsAnotherPlan() {
        carryOutUntil(EnsureRole.class);
        Plan shown = shownWhileRunning(EnsureRole.class);
        Plan now = ended(shown);
        cluster.node(PG1).stop();

        assertThat(EndedMeanwhile.steps(shown, now)).isNotEmpty();
        assertThat(EndedMeanwhile.steps(shown, plan())).isEmpty();
    }

    @Test
    void anotherSystemIsAnotherCluster() {
        carryOutUntil(EnsureRole.class);
        Plan shown = shownWhileRunning(EnsureRole.class);
        Plan now = ended(shown);
        Plan elsewhere =
                new Plan(now.cluster(), Optional.of(new SystemIdentifier(1)), now.steps(), now.refusals(), now.notes());

        assertThat(EndedMeanwhile.steps(shown, elsewhere)).isEmpty();
    }

    private void carryOutUntil(Class<? extends Action> kind) {
        for (Plan plan = plan(); !kind.isInstance(plan.steps().get(0).action()); plan = plan()) {
            cluster.execute(plan.steps().get(0).action());
        }
    }

    private Plan shownWhileRunning(Class<? extends Action> kind) {
        Action action = first(plan(), kind);
        cluster.node(action.node())
                .operations
                .add(new RunningOperation("op-1", action.verb(), action.fingerprint(), Instant.EPOCH));
        return plan();
    }

    private Plan ended(Plan shown) {
        List<Step> running = shown.steps().stream()
                .filter(step -> step.attachTo().isPresent())
                .toList();
        running.forEach(step -> cluster.node(step.action().node()).operations.clear());
        running.forEach(step -> cluster.execute(step.action()));
        return plan();
    }

    private static Action first(Plan plan, Class<? extends Action> kind) {
        return plan.steps().stream()
                .map(Step::action)
                .filter(kind::isInstance)
                .findFirst()
                .orElseThrow();
    }

    private Plan plan() {
        return new Planner().plan(cluster.topology(), cluster.observe());
    }
}
