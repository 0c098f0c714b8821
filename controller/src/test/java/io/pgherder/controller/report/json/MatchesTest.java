package io.pgherder.controller.report.json;

import io.pgherder.controller.observation.ClusterObservation;
import io.pgherder.controller.observation.NodeObservation;
import io.pgherder.controller.plan.Note;
import io.pgherder.controller.plan.Note.Kind;
import io.pgherder.controller.plan.Plan;
import io.pgherder.controller.plan.PlanProblem;
import io.pgherder.controller.plan.safety.PreflightProblem;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemCode;
import io.pgherder.controller.report.Look;
import io.pgherder.controller.report.PlanReport;
import io.pgherder.controller.sample.Orders;
import io.pgherder.controller.sample.Servers;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static io.pgherder.controller.sample.Orders.PG1;
import static io.pgherder.controller.sample.Orders.PG2;
import static io.pgherder.controller.sample.Orders.PG3;
import static io.pgherder.controller.sample.Orders.PG4;
import static org.assertj.core.api.Assertions.assertThat;

/** Whether reality matches the file, as programs are told. */
class MatchesTest {
    private static final Note SLOT =
            new Note("pg1: slot cdc is not a declared standby's and is left alone", Kind.ASIDE);
    private static final Note PASSWORD = new Note("pg2: whether its password file ... could not be seen", Kind.UNSEEN);
    private static final Note LEFT_OUT = new Note("1 step on pg1 is left out by --limit pg2", Kind.LEFT_OUT);
    private static final Note HBA = new Note("pg2: the server reads another file than ...", Kind.NOT_IN_FORCE);

    @Test
    void allThatIsDeclaredWasCompared() {
        assertThat(PlanJson.render(nothingToDo(SLOT))).contains("\"matches\": true");
        assertThat(finished(nothingToDo(SLOT)))
                .isEqualTo("{\"at\":\"1970-01-01T00:00:00Z\",\"event\":\"apply_finished\",\"cluster\":\"orders\","
                        + "\"complete\":true,\"matches\":true,\"left_to_you\":[]}");
    }

    @Test
    void somethingThatIsDeclaredCouldNotBeCompared() {
        assertThat(PlanJson.render(nothingToDo(SLOT, PASSWORD))).contains("\"matches\": null");
        assertThat(finished(nothingToDo(SLOT, PASSWORD)))
                .isEqualTo("{\"at\":\"1970-01-01T00:00:00Z\",\"event\":\"apply_finished\",\"cluster\":\"orders\","
                        + "\"complete\":true,\"matches\":null,\"left_to_you\":[]}");
    }

    @Test
    void somethingThatIsDeclaredIsNotInForceThoughNothingCanBeDone() {
        assertThat(PlanJson.render(nothingToDo(SLOT, PASSWORD, HBA))).contains("\"matches\": false");
        assertThat(finished(nothingToDo(HBA)))
                .isEqualTo("{\"at\":\"1970-01-01T00:00:00Z\",\"event\":\"apply_finished\",\"cluster\":\"orders\","
                        + "\"complete\":true,\"matches\":false,\"left_to_you\":[]}");
    }

    @Test
    void stepsAreLeftOut() {
        assertThat(PlanJson.render(nothingToDo(LEFT_OUT))).contains("\"matches\": false");
        assertThat(finished(nothingToDo(PASSWORD, LEFT_OUT)))
                .endsWith("\"complete\":true,\"matches\":false,\"left_to_you\":[]}");
    }

    @Test
    void thatNotAllCouldBeLookedAtIsNoDifference() {
        assertThat(plan(List.of(refusal(PreflightProblem.AGENT_SILENT)), SLOT).sawDifference())
                .isFalse();
        assertThat(plan(List.of(refusal(PreflightProblem.CLOCKS_DIFFER))).sawDifference())
                .isFalse();
    }

    @Test
    void aDifferenceWasSeenBesideWhatCouldNotBe() {
        assertThat(PlanJson.render(refused(PreflightProblem.AGENT_SILENT, HBA))).contains("\"matches\": false");
        for (NodeObservation pg3 : List.of(
                Orders.empty(PG3),
                Orders.stopped(PG3),
                Orders.running(PG3, Servers.standby("0/5F2A1C8", PG2)),
                Orders.running(PG3, Servers.unconnectedStandby("0/5F2A1C8")))) {
            PlanReport report = report(plan(List.of(refusal(PreflightProblem.AGENT_SILENT))), pg3);
            assertThat(PlanJson.render(report)).contains("\"matches\": false");
        }
    }

    @Test
    void whatIsInTheWayIsNotAsDeclared() {
        assertThat(PlanJson.render(refused(PreflightProblem.NO_SPACE))).contains("\"matches\": false");
        assertThat(PlanJson.render(refused(PlanProblem.OUTSIDE_LIMIT))).contains("\"matches\": false");
    }

    private static PlanReport nothingToDo(Note... notes) {
        return report(plan(List.of(), notes), Orders.running(PG3, Servers.standby("0/5F2A1C8", PG1)));
    }

    private static PlanReport refused(ProblemCode code, Note... notes) {
        return report(plan(List.of(refusal(code)), notes), Orders.running(PG3, Servers.standby("0/5F2A1C8", PG1)));
    }

    private static Problem refusal(ProblemCode code) {
        return Problem.of(code, "it is not safe");
    }

    private static Plan plan(List<Problem> refusals, Note... notes) {
        return new Plan("orders", Optional.of(Orders.SYSTEM), List.of(), refusals, List.of(notes));
    }

    /** The others are as declared, but for pg2, which could not be seen. */
    private static PlanReport report(Plan plan, NodeObservation pg3) {
        ClusterObservation seen = new ClusterObservation(
                Orders.allAnswered(),
                List.of(
                        Orders.running(
                                PG1,
                                Servers.primary(
                                        "0/5F2A1C8", 0, Optional.empty(), Servers.sender(PG2, "0/5F2A1C8", "quorum"))),
                        new NodeObservation.Unreachable(PG2, Orders.refused("db2", "10.0.1.12")),
                        pg3,
                        Orders.running(PG4, Servers.standby("0/5F2A1C8", PG2))));
        return PlanReport.of(new Look(Orders.file(), seen, Duration.ZERO), plan);
    }

    private static String finished(PlanReport report) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        ApplyEvents events = new ApplyEvents(new PrintStream(lines, true, StandardCharsets.UTF_8), clock);
        events.planned(report);
        events.nothingToDo(report);
        return lines.toString(StandardCharsets.UTF_8).strip().lines().toList().get(1);
    }
}
