package io.pgherder.controller.report.text;

import io.pgherder.controller.observation.ClusterObservation;
import io.pgherder.controller.plan.Note;
import io.pgherder.controller.plan.Plan;
import io.pgherder.controller.plan.Reason;
import io.pgherder.controller.plan.Step;
import io.pgherder.controller.plan.action.Action;
import io.pgherder.controller.plan.action.CreateSlot;
import io.pgherder.controller.plan.action.FollowUpstream;
import io.pgherder.controller.plan.action.RestartInstance;
import io.pgherder.controller.plan.action.StartInstance;
import io.pgherder.controller.plan.action.Upstream;
import io.pgherder.controller.plan.action.WriteHba;
import io.pgherder.controller.plan.action.WriteSettings;
import io.pgherder.controller.report.Look;
import io.pgherder.controller.report.PlanReport;
import io.pgherder.controller.sample.Orders;
import io.pgherder.controller.sample.Servers;
import io.pgherder.controller.topology.FieldPath;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

import static io.pgherder.controller.sample.Orders.PG1;
import static io.pgherder.controller.sample.Orders.PG2;
import static io.pgherder.controller.sample.Orders.PG3;
import static io.pgherder.controller.sample.Orders.PG4;
import static org.assertj.core.api.Assertions.assertThat;

class PlanTextTest {
    private final PlanText text = new PlanText(Ink.PLAIN);

    @Test
    void aMissingCascadeIsClonedFromThePrimaryAndMovedUnderItsUpstream() {
        Plan plan = plan(
                step(1, new WriteHba(Orders.address(PG1), List.of("a", "b")), "pg4 will stream from here"),
                step(2, new CreateSlot(Orders.address(PG1), PG4), "keeps WAL until pg4 streams", 1),
                step(3, Orders.clone(PG4, PG1), "no data directory on db3", 2),
                step(4, new StartInstance(Orders.address(PG4), Optional.of(PG1)), "not running", 3),
                step(
                        5,
                        new FollowUpstream(Orders.address(PG4), Upstream.of(Orders.topology(), PG2, PG4)),
                        "declared",
                        4));

        assertThat(text.render(report(plan, allButPg4()))).isEqualTo("""
                Cluster orders, system 7421903344718816021, PostgreSQL 15.18.  3 of 3 agents answered in 0.2s.

                  ~ pg1  primary         change  write hba, create slot pg4
                  + pg4  standby of pg2  create  clone of pg1, then follows pg2, 48 GB

                Steps                                               after  impact
                  1  pg1  write hba: 2 lines                        -      reload
                          pg4 will stream from here (line 21)
                  2  pg1  create slot pg4                           1      none
                          keeps WAL until pg4 streams (line 21)
                  3  pg4  clone from pg1                            2      none
                          no data directory on db3 (line 21)
                  4  pg4  start, streaming from pg1                 3      none
                          not running (line 21)
                  5  pg4  follow pg2                                4      none
                          declared (line 21)

                Plan: 1 node to create, 1 to change, 0 to move, 0 to remove. 5 steps.
                Impact: reload of pg1. Nothing restarts; no data is deleted.
                """);
    }

    @Test
    void aRestartOfThePrimaryIsSaidToPauseWrites() {
        Plan plan = plan(
                step(
                        1,
                        new WriteSettings(
                                Orders.address(PG1),
                                Orders.configuration(PG1),
                                List.of(
                                        "max_connections",
                                        "max_locks_per_transaction",
                                        "max_worker_processes",
                                        "shared_buffers"),
                                List.of()),
                        "declared otherwise"),
                step(2, new RestartInstance(Orders.address(PG3), Optional.of(PG1)), "takes effect by a restart"),
                step(3, new RestartInstance(Orders.address(PG1), Optional.empty()), "takes effect by a restart", 1, 2));

        assertThat(text.render(report(plan, allButPg4()))).isEqualTo("""
                Cluster orders, system 7421903344718816021, PostgreSQL 15.18.  3 of 3 agents answered in 0.2s.

                  ~ pg1  primary         change  write settings, restart
                  ~ pg3  standby of pg1  change  restart

                Steps                                                                   after  impact
                  1  pg1  write settings: max_connections, max_locks_per_transaction,   -      none
                          max_worker_processes, shared_buffers
                          declared otherwise (line 21)
                  2  pg3  restart                                                       -      restart
                          takes effect by a restart (line 21)
                  3  pg1  restart                                                       1,2    writes pause
                          takes effect by a restart (line 21)

                Plan: 0 nodes to create, 2 to change, 0 to move, 0 to remove. 3 steps.
                Impact: restart of pg3; writes pause for pg1. No data is deleted.
                """);
    }

    @Test
    void aRestartOfAStandbyLeavesWritesGoingOn() {
        Plan plan =
                plan(step(1, new RestartInstance(Orders.address(PG3), Optional.of(PG1)), "takes effect by a restart"));

        assertThat(text.render(report(plan, allButPg4())))
                .endsWith("\nImpact: restart of pg3. Writes go on; no data is deleted.\n");
    }

    @Test
    void writesGoOnWithoutAnyStandbyWhereCommitsWaitForNone() {
        Plan plan =
                plan(step(1, new RestartInstance(Orders.address(PG3), Optional.of(PG1)), "takes effect by a restart"));

        assertThat(text.render(report(plan, withCommitLevel("local"))))
                .endsWith("\nImpact: restart of pg3. Writes go on; no data is deleted.\n");
        assertThat(text.render(report(plan, withCommitLevel("on"))))
                .endsWith("\nImpact: restart of pg3. No data is deleted.\n");
    }

    private static ClusterObservation withCommitLevel(String level) {
        return new ClusterObservation(
                Orders.allAnswered(),
                List.of(
                        Orders.running(PG1, Servers.primaryCommitting(level, "ANY 1 (pg2, pg3)")),
                        Orders.stopped(PG2),
                        Orders.running(PG3, Servers.unconnectedStandby("0/5F2A1C8")),
                        Orders.empty(PG4)));
    }

    @Test
    void ofWritesNothingIsSaidWhereThePrimaryIsNotSeen() {
        Plan plan =
                plan(step(1, new RestartInstance(Orders.address(PG3), Optional.of(PG1)), "takes effect by a restart"));
        ClusterObservation withoutPrimary = new ClusterObservation(
                Orders.allAnswered(),
                List.of(
                        Orders.empty(PG1),
                        Orders.running(PG2, Servers.standby("0/5F2A1C8", PG1)),
                        Orders.running(PG3, Servers.standby("0/5F2A1C8", PG1)),
                        Orders.empty(PG4)));

        assertThat(text.render(report(plan, withoutPrimary)))
                .endsWith("\nImpact: restart of pg3. No data is deleted.\n");
    }

    @Test
    void whenNothingIsToBeDoneThatIsSaid() {
        assertThat(text.render(report(plan(), allButPg4()))).isEqualTo("""
                Cluster orders, system 7421903344718816021, PostgreSQL 15.18.  3 of 3 agents answered in 0.2s.

                Nothing to do: orders matches inventories/orders.yaml.
                """);
    }

    @Test
    void nothingCanBeDoneAboutWhatIsDeclaredAndNotInForce() {
        Note hba = new Note("pg3: the server reads another file than pg_hba.conf", Note.Kind.NOT_IN_FORCE);
        Note slot = new Note("pg1: slot cdc is left alone", Note.Kind.ASIDE);
        Plan plan = new Plan("orders", Optional.of(Orders.SYSTEM), List.of(), List.of(), List.of(slot, hba));

        assertThat(text.render(report(plan, allButPg4()))).endsWith("""
                Nothing to do, but orders does not match inventories/orders.yaml: something declared is not in force.
                Note: pg1: slot cdc is left alone
                Note: pg3: the server reads another file than pg_hba.conf
                """);
    }

    private static Plan plan(Step... steps) {
        return new Plan("orders", Optional.of(Orders.SYSTEM), List.of(steps), List.of(), List.of());
    }

    private static Step step(int number, Action action, String reason, Integer... after) {
        return new Step(
                number,
                action,
                Reason.declared(new FieldPath("nodes.pg4.follows"), reason),
                new TreeSet<>(List.of(after)),
                Optional.empty());
    }

    private static PlanReport report(Plan plan, ClusterObservation seen) {
        return PlanReport.of(new Look(Orders.file(), seen, Duration.ofMillis(204)), plan);
    }

    private static ClusterObservation allButPg4() {
        return new ClusterObservation(
                Orders.allAnswered(),
                List.of(
                        Orders.running(
                                PG1,
                                Servers.primary(
                                        "0/5F2A1C8", 0, Optional.empty(), Servers.sender(PG2, "0/5F2A1C8", "quorum"))),
                        Orders.running(PG2, Servers.standby("0/5F2A1C8", PG1)),
                        Orders.running(PG3, Servers.standby("0/5F2A1C8", PG1)),
                        Orders.empty(PG4)));
    }
}
