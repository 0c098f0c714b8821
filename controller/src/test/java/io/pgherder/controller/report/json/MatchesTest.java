package io.pgherder.controller.report.json;

import io.pgherder.controller.observation.ClusterObservation;
import io.pgherder.controller.plan.Note;
import io.pgherder.controller.plan.Note.Kind;
import io.pgherder.controller.plan.Plan;
import io.pgherder.controller.report.PlanReport;
import io.pgherder.controller.sample.Orders;
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

import static org.assertj.core.api.Assertions.assertThat;

/** Whether reality matches the file, as programs are told. */
class MatchesTest {
    private static final Note SLOT = new Note("pg1: slot cdc is no declared standby's and is left alone", Kind.ASIDE);
    private static final Note PASSWORD = new Note("pg2: whether its password file ... could not be seen", Kind.UNSEEN);
    private static final Note LEFT_OUT = new Note("1 step on pg1 is left out by --limit pg2", Kind.LEFT_OUT);
    private static final Note HBA = new Note("pg2: the server reads another file than ...", Kind.NOT_IN_FORCE);

    @Test
    void allThatIsDeclaredWasCompared() {
        assertThat(PlanJson.render(nothingToDo(SLOT))).contains("\"matches\": true");
        assertThat(finished(nothingToDo(SLOT)))
                .isEqualTo("{\"at\":\"1970-01-01T00:00:00Z\",\"event\":\"apply_finished\",\"cluster\":\"orders\","
                        + "\"complete\":true,\"matches\":true}");
    }

    @Test
    void somethingThatIsDeclaredCouldNotBeCompared() {
        assertThat(PlanJson.render(nothingToDo(SLOT, PASSWORD))).contains("\"matches\": null");
        assertThat(finished(nothingToDo(SLOT, PASSWORD)))
                .isEqualTo("{\"at\":\"1970-01-01T00:00:00Z\",\"event\":\"apply_finished\",\"cluster\":\"orders\","
                        + "\"complete\":true,\"matches\":null}");
    }

    @Test
    void somethingThatIsDeclaredIsNotInForceThoughNothingCanBeDone() {
        assertThat(PlanJson.render(nothingToDo(SLOT, PASSWORD, HBA))).contains("\"matches\": false");
        assertThat(finished(nothingToDo(HBA)))
                .isEqualTo("{\"at\":\"1970-01-01T00:00:00Z\",\"event\":\"apply_finished\",\"cluster\":\"orders\","
                        + "\"complete\":true,\"matches\":false}");
    }

    @Test
    void stepsAreLeftOut() {
        assertThat(PlanJson.render(nothingToDo(LEFT_OUT))).contains("\"matches\": false");
        assertThat(finished(nothingToDo(PASSWORD, LEFT_OUT))).endsWith("\"complete\":true,\"matches\":false}");
    }

    private static PlanReport nothingToDo(Note... notes) {
        Plan plan = new Plan("orders", Optional.of(Orders.SYSTEM), List.of(), List.of(), List.of(notes));
        ClusterObservation seen = new ClusterObservation(
                Orders.allAnswered(),
                List.of(
                        Orders.empty(Orders.PG1),
                        Orders.empty(Orders.PG2),
                        Orders.empty(Orders.PG3),
                        Orders.empty(Orders.PG4)));
        return new PlanReport(Orders.file(), seen, plan, Duration.ZERO);
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
