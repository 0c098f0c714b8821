package io.pgherder.controller.report.text;

import io.pgherder.controller.drift.ClusterDrift;
import io.pgherder.controller.execution.ExecutionResult;
import io.pgherder.controller.observation.ClusterObservation;
import io.pgherder.controller.observation.NodeObservation;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.WalSender;
import io.pgherder.controller.plan.Plan;
import io.pgherder.controller.plan.Reason;
import io.pgherder.controller.plan.Step;
import io.pgherder.controller.plan.action.Action;
import io.pgherder.controller.plan.action.ReloadSettings;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.report.PlanReport;
import io.pgherder.controller.sample.Orders;
import io.pgherder.controller.sample.Servers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

import static io.pgherder.controller.sample.Orders.PG1;
import static io.pgherder.controller.sample.Orders.PG2;
import static io.pgherder.controller.sample.Orders.PG4;
import static org.assertj.core.api.Assertions.assertThat;

class ApplyTextTest {
    private static final NodeObservation RUNNING =
            Orders.running(PG1, primary(Servers.sender(PG2, "0/5000060", "quorum")));
    private static final Action RELOAD = new ReloadSettings(Orders.address(PG1));

    @Test
    void writesAreSaidToBePossibleWhereTheyAreAndWere() {
        assertThat(ApplyText.applied(seen(RUNNING), done(), seen(RUNNING)))
                .isEqualTo("Applied 1 of 1 step to orders in 2.0s. Writes are possible, as they were before.");
    }

    @Test
    void thatNobodyCanWriteIsSaidWhereItIsSeen() {
        NodeObservation alone = Orders.running(PG1, primary());
        NodeObservation notCounting = Orders.running(PG1, primary(Servers.sender(PG4, "0/5000060", "async")));

        for (NodeObservation primary : List.of(alone, notCounting)) {
            assertThat(ApplyText.applied(seen(RUNNING), done(), seen(primary)))
                    .isEqualTo("Applied 1 of 1 step to orders in 2.0s."
                            + " Writes hang: commits wait for 1 standby, and fewer confirm.");
        }
        assertThat(ApplyText.applied(seen(RUNNING), done(), seen(Orders.stopped(PG1))))
                .isEqualTo("Applied 1 of 1 step to orders in 2.0s. Writes are impossible: pg1 does not run.");
    }

    @Test
    void thatFirstHasChosenASilentOneIsSaidWhoeverElseAnswers() {
        assertThat(applied("FIRST 1 (pg2, pg4)"))
                .isEqualTo("Applied 1 of 1 step to orders in 2.0s."
                        + " Writes hang: FIRST has chosen pg2, which does not answer.");
        assertThat(applied("*")).as("nobody can tell").isEqualTo("Applied 1 of 1 step to orders in 2.0s.");
    }

    /** While pg2 is silent, and pg4 answers. */
    private static String applied(String synchronousStandbyNames) {
        return ApplyText.applied(
                seen(RUNNING),
                done(),
                seen(Orders.running(
                        PG1,
                        Servers.primaryWaitingFor(
                                synchronousStandbyNames,
                                Servers.silent(PG2, "0/5000000", Duration.ofSeconds(23)),
                                Servers.sender(PG4, "0/5000060", "quorum")))));
    }

    @Test
    void nothingIsSaidOfWritesThatHaveBecomePossibleOrThatNobodySaw() {
        assertThat(ApplyText.applied(seen(Orders.stopped(PG1)), done(), seen(RUNNING)))
                .isEqualTo("Applied 1 of 1 step to orders in 2.0s.");
        assertThat(ApplyText.applied(
                        seen(RUNNING),
                        done(),
                        seen(new NodeObservation.Unreachable(PG1, Orders.refused("db1", "10.0.1.11")))))
                .isEqualTo("Applied 1 of 1 step to orders in 2.0s.");
    }

    @Test
    void afterAFailedStepOnlyWhatWasDoneCounts() {
        assertThat(ApplyText.applied(seen(RUNNING), failed(), seen(RUNNING)))
                .isEqualTo("Applied 0 of 1 step to orders in 2.0s. Writes are possible, as they were before.");
    }

    private static ServerFacts primary(WalSender... senders) {
        return Servers.primary("0/5000060", 0, Optional.empty(), senders);
    }

    private static PlanReport seen(NodeObservation primary) {
        Step step = new Step(1, RELOAD, Reason.of("because"), new TreeSet<>(), Optional.empty());
        Plan plan = new Plan("orders", Optional.of(Orders.SYSTEM), List.of(step), List.of(), List.of());
        ClusterObservation seen = new ClusterObservation(Orders.allAnswered(), List.of(primary));
        return new PlanReport(Orders.file(), seen, plan, new ClusterDrift(Orders.topology(), List.of()), Duration.ZERO);
    }

    private static ExecutionResult done() {
        return result(new TreeSet<>(List.of(1)), new TreeMap<>());
    }

    private static ExecutionResult failed() {
        TreeMap<Integer, Problem> failed = new TreeMap<>();
        failed.put(1, Problem.of("TEST-001", "no"));
        return result(new TreeSet<>(), failed);
    }

    private static ExecutionResult result(SortedSet<Integer> done, SortedMap<Integer, Problem> failed) {
        return new ExecutionResult(
                done, failed, new TreeMap<>(), new TreeSet<>(), Optional.empty(), Duration.ofSeconds(2));
    }
}
