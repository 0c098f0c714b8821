package io.pgherder.controller.plan;

import io.pgherder.controller.observation.RefusedSettings;
import io.pgherder.controller.observation.RefusedSettings.Refused;
import io.pgherder.controller.simulation.RandomWalk;
import io.pgherder.controller.simulation.SimulatedCluster;
import io.pgherder.controller.simulation.TopologyBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NotesTest {
    private final Planner planner = new Planner();

    @Test
    void rulesInAFileThatTheServerDoesNotReadAreNotPassedOverInSilence() {
        SimulatedCluster cluster = new SimulatedCluster(TopologyBuilder.t5());
        new RandomWalk(cluster, planner.plan(cluster.topology(), cluster.observe()), new Random(1)).toTheEnd();
        cluster.node("pg1923").readsAnotherHba = true;

        Plan plan = planner.plan(cluster.topology(), cluster.observe());
        assertThat(plan.notes())
                .extracting(Note::text)
                .containsExactly(
                        "pg1923: hba: declared the server reads /data01/pg/pg_root1923/pg_hba.conf,"
                                + " observed it reads another file; to do: let hba_file be /data01/pg/pg_root1923/pg_hba.conf, and restart");
        assertThat(plan.notAsDeclared()).isEqualTo(plan.notes());
    }

    @Test
    void ofDeclaredRulesWithABrokenLineNoneIsInForce() {
        SimulatedCluster cluster = new SimulatedCluster(TopologyBuilder.t5());
        new RandomWalk(cluster, planner.plan(cluster.topology(), cluster.observe()), new Random(1)).toTheEnd();
        cluster.node("pg1923").hbaErrors = List.of("pg_hba.conf:2: invalid authentication method");

        assertThat(planner.plan(cluster.topology(), cluster.observe()).notAsDeclared())
                .extracting(Note::text)
                .containsExactly("pg1923: hba: declared rules that the server can read, observed pg_hba.conf:2: invalid"
                        + " authentication method; with it, a reload keeps the former rules, and the next start fails;"
                        + " to do: correct the rule where it is declared, or what it names");
    }

    private static final Refused TOO_MUCH = refused("shared_buffers", "900GB", "pgherder.conf:12");
    private static final Refused BY_HAND = refused("huge_pages", "on", "conf.d/a.conf:1");

    @Test
    void whatAServerDidNotStartWithIsTriedAgainAndThatIsSaidBefore() {
        assertThat(notesAfter(TOO_MUCH, BY_HAND))
                .contains("pg1923: its start tries shared_buffers = '900GB', huge_pages = 'on' from"
                        + " /data01/pg/pg_root1923/conf.d/a.conf:1 again, with which it did not start at 2026-11-26 14:02"
                        + " UTC: FATAL:  could not map anonymous shared memory; correct that before, or it goes down and"
                        + " comes up as it was");
    }

    @Test
    void onceOneOfThemIsOtherwiseNothingIsTriedAgain() {
        assertThat(List.of(
                        refused("max_connections", "7", "pgherder.conf:13"),
                        refused("wal_buffers", "900GB", "pgherder.conf:14"),
                        refused("x.password", "****", "conf.d/a.conf:2"),
                        new Refused("wal_buffers", Optional.of("900GB"), "/data01/pg/pg_root1923/a.conf:1", true)))
                .allSatisfy(
                        mended -> assertThat(notesAfter(TOO_MUCH, mended)).noneMatch(note -> note.contains("tries")));
    }

    private static Refused refused(String name, String value, String place) {
        return new Refused(name, Optional.of(value), "/data01/pg/pg_root1923/" + place, false);
    }

    private List<String> notesAfter(Refused... refused) {
        SimulatedCluster cluster = new SimulatedCluster(TopologyBuilder.t5());
        new RandomWalk(cluster, planner.plan(cluster.topology(), cluster.observe()), new Random(1)).toTheEnd();
        cluster.declare(TopologyBuilder.withSetting(
                TopologyBuilder.withSetting(cluster.topology(), "shared_buffers", "900GB"), "max_connections", "80"));
        cluster.node("pg1923").refused = Optional.of(new RefusedSettings(
                Instant.parse("2026-11-26T14:02:31Z"),
                "FATAL:  could not map anonymous shared memory",
                List.of(refused)));
        return planner.plan(cluster.topology(), cluster.observe()).notes().stream()
                .map(Note::text)
                .toList();
    }

    @Test
    void aFileThatTheServerCannotOpenIsNoBrokenLine() {
        SimulatedCluster cluster = new SimulatedCluster(TopologyBuilder.t5());
        new RandomWalk(cluster, planner.plan(cluster.topology(), cluster.observe()), new Random(1)).toTheEnd();
        String error = "could not open configuration file \"/data01/pg/pg_root1923/pg_hba.conf\": Permission denied";
        cluster.node("pg1923").hbaErrors = List.of(error);

        assertThat(planner.plan(cluster.topology(), cluster.observe()).notAsDeclared())
                .extracting(Note::text)
                .containsExactly("pg1923: hba: declared rules that the server can read, observed " + error
                        + "; with it, a reload keeps the former rules, and the next start fails;"
                        + " to do: correct the rule where it is declared, or what it names");
    }
}
