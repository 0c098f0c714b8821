package io.pgherder.controller.report;

import io.pgherder.controller.drift.ClusterDrift;
import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.Measured;
import io.pgherder.controller.drift.Subject;
import io.pgherder.controller.drift.Unseen;
import io.pgherder.controller.observation.ClusterObservation;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Limit;
import io.pgherder.controller.problem.Place;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.report.text.DriftLines;
import io.pgherder.controller.report.text.Ink;
import io.pgherder.controller.sample.Orders;
import io.pgherder.controller.topology.FieldPath;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is told of one run after another, in the words that a person reads. */
class DriftChangesTest {
    private static final Instant AT = Instant.parse("2026-11-27T09:15:42.123Z");
    private static final String FILE = "inventories/orders.yaml";

    private DriftChanges changes = DriftChanges.NONE_YET;

    @Test
    void theFirstRunTellsAllThatThereIs() {
        assertThat(told(compared(stopped(Orders.PG4), silent(Orders.PG1)))).isEqualTo("""
                2026-11-27T09:15:42Z  orders  inventories/orders.yaml  + added
                2026-11-27T09:15:42Z  orders  pg1  ? not seen  agent of db1 refused the connection  [CONNECT-001]
                2026-11-27T09:15:42Z  orders  pg4  + appeared  nodes.pg4, line 21: declared runs; observed is stopped; because it was shut down
                """);
    }

    @Test
    void aRunThatChangesNothingTellsNothing() {
        told(compared(stopped(Orders.PG4), silent(Orders.PG1)));

        assertThat(told(compared(stopped(Orders.PG4), silent(Orders.PG1)))).isEmpty();
    }

    @Test
    void aDifferenceAppearsChangesAndVanishesAndThenTheClusterIsInSyncAgain() {
        told(compared());

        assertThat(told(compared(workMem("7MB", "ALTER SYSTEM set it")))).isEqualTo("""
                2026-11-27T09:15:42Z  orders  pg2  + appeared  settings.work_mem: declared 4MB; observed 7MB; because ALTER SYSTEM set it
                """);
        assertThat(told(compared(workMem("8MB", "ALTER SYSTEM set it")))).isEqualTo("""
                2026-11-27T09:15:42Z  orders  pg2  ~ changed  settings.work_mem: declared 4MB; observed 8MB, was 7MB; because ALTER SYSTEM set it
                """);
        assertThat(told(compared(workMem("8MB", "a file has it"))))
                .as("for another cause")
                .isEqualTo("""
                2026-11-27T09:15:42Z  orders  pg2  ~ changed  settings.work_mem: declared 4MB; observed 8MB; because a file has it
                """);
        assertThat(told(compared())).isEqualTo("""
                2026-11-27T09:15:42Z  orders  pg2  - vanished  settings.work_mem: declared 4MB; last observed 8MB
                2026-11-27T09:15:42Z  orders  inventories/orders.yaml  = in sync
                """);
    }

    @Test
    void whatCanNoLongerBeSeenHasNotVanishedAndIsNoNewsWhenItIsSeenAgain() {
        told(compared(stopped(Orders.PG4), workMem("7MB", "a file has it")));

        assertThat(told(compared(silent(Orders.PG4), workMem("7MB", "a file has it"))))
                .isEqualTo("""
                2026-11-27T09:15:42Z  orders  pg4  ? not seen  agent of db3 refused the connection  [CONNECT-001]
                """);
        assertThat(told(compared(stopped(Orders.PG4), workMem("7MB", "a file has it"))))
                .isEqualTo("""
                2026-11-27T09:15:42Z  orders  pg4  = seen again
                """);
    }

    @Test
    void whatHasVanishedWhileNobodySawItIsToldOnceItIsSeen() {
        told(compared(stopped(Orders.PG4)));
        told(compared(silent(Orders.PG4)));

        assertThat(told(compared())).isEqualTo("""
                2026-11-27T09:15:42Z  orders  pg4  = seen again
                2026-11-27T09:15:42Z  orders  pg4  - vanished  nodes.pg4, line 21: declared runs; last observed is stopped
                2026-11-27T09:15:42Z  orders  inventories/orders.yaml  = in sync
                """);
    }

    @Test
    void aSecondPrimaryWhoseAgentIsSilentIsStillThere() {
        told(compared(primaries(Orders.PG1), primaries(Orders.PG2)));

        assertThat(told(compared(silent(Orders.PG2)))).isEqualTo("""
                2026-11-27T09:15:42Z  orders  pg2  ? not seen  agent of db2 refused the connection  [CONNECT-001]
                """);
    }

    @Test
    void soItIsWhereOnlyTheOtherOneIsShown() {
        told(comparedWithinPg1(primaries(Orders.PG1), primaries(Orders.PG2)));

        assertThat(told(comparedWithinPg1(silent(Orders.PG2)))).doesNotContain("vanished");
    }

    @Test
    void whatWasHiddenAlreadyHidesNothingThatWasSeenBesideIt() {
        told(compared(silent(Orders.PG4), workMem("7MB", "a file has it")));

        assertThat(told(compared(silent(Orders.PG4)))).isEqualTo("""
                2026-11-27T09:15:42Z  orders  pg2  - vanished  settings.work_mem: declared 4MB; last observed 7MB
                """);
    }

    @Test
    void aMeasurementThatMovesIsNoChange() {
        told(compared(slot("old1", "12.3 MB"), slot("old2", "14.0 MB")));

        assertThat(told(compared(slot("old1", "12.9 MB"), slot("old2", "17.2 MB"))))
                .isEmpty();
        assertThat(told(compared(slot("old2", "17.2 MB")))).isEqualTo("""
                2026-11-27T09:15:42Z  orders  pg1  - vanished  limits.slot_wal: declared slots that keep at most 10.0 MB; last observed slot old1 keeps 12.9 MB
                """);
    }

    @Test
    void anotherCauseIsAChangeOfWhatIsMeasuredToo() {
        Difference absent = member("pg1 has no connection of that name");
        told(compared(absent));

        assertThat(told(compared(absent.because("its primary_conninfo has application_name=x"))))
                .isEqualTo("""
                2026-11-27T09:15:42Z  orders  pg2  ~ changed  synchronous.of: declared confirms commits of pg1; observed pg1 has no connection of that name; because its primary_conninfo has application_name=x
                """);
    }

    @Test
    void aPositionInTheCauseOfWhatIsMeasuredMayMove() {
        Difference ahead = member("has 0/5000000");
        told(compared(ahead.because("pg1 runs, and has written to 0/3000028")));

        assertThat(told(compared(ahead.because("pg1 runs, and has written to 0/30000A0"))))
                .isEmpty();
    }

    @Test
    void anAnswerThatGrowsOlderIsNoChange() {
        told(compared(member("its last answer is " + Measured.seconds(Duration.ofMillis(9_900)) + " old")));

        assertThat(told(compared(member("its last answer is " + Measured.seconds(Duration.ofHours(1)) + " old"))))
                .isEmpty();
    }

    @Test
    void aBrokenFileTellsWhatIsWrongOnceAndForgetsNothing() {
        told(compared(stopped(Orders.PG4)));

        assertThat(told(invalid("nodes.pg4 follows an unknown node"))).isEqualTo("""
                2026-11-27T09:15:42Z  orders  inventories/orders.yaml  ! invalid  nodes.pg4 follows an unknown node, inventories/orders.yaml:21:5  [TOPOLOGY-015], and 1 more problem
                """);
        assertThat(told(invalid("nodes.pg4 follows an unknown node"))).isEmpty();
        assertThat(told(compared(stopped(Orders.PG4)))).isEqualTo("""
                2026-11-27T09:15:42Z  orders  inventories/orders.yaml  = valid
                """);
    }

    @Test
    void aClusterThatCouldNotBeLookedAtIsNotSeenAsAWhole() {
        told(compared(stopped(Orders.PG4)));

        assertThat(told(failed())).isEqualTo("""
                2026-11-27T09:15:42Z  orders  inventories/orders.yaml  ? not seen  no certificates  [CLI-004]
                """);
        assertThat(told(failed())).isEmpty();
        assertThat(told(compared(stopped(Orders.PG4)))).isEqualTo("""
                2026-11-27T09:15:42Z  orders  inventories/orders.yaml  = seen again
                """);
    }

    @Test
    void aFileComesAndGoes() {
        told(compared());

        assertThat(told()).isEqualTo("""
                2026-11-27T09:15:42Z  orders  inventories/orders.yaml  - removed
                """);
        assertThat(told(compared())).isEqualTo("""
                2026-11-27T09:15:42Z  orders  inventories/orders.yaml  + added
                2026-11-27T09:15:42Z  orders  inventories/orders.yaml  = in sync
                """);
    }

    @Test
    void aFileThatIsNowThatOfAnotherClusterIsAnotherOne() {
        told(compared(stopped(Orders.PG4)));

        assertThat(told(new DriftOutcome.Failed(FILE, "parts", List.of(noCertificates()))))
                .isEqualTo("""
                2026-11-27T09:15:42Z  orders  inventories/orders.yaml  - removed
                2026-11-27T09:15:42Z  parts  inventories/orders.yaml  + added
                2026-11-27T09:15:42Z  parts  inventories/orders.yaml  ? not seen  no certificates  [CLI-004]
                """);
    }

    @Test
    void aRunThatCannotBeginIsToldOnceAndForgetsNothing() {
        told(compared(stopped(Orders.PG4)));
        List<Problem> none = List.of(Problem.of("CLI-006", "no topology file in fleet"));

        changes = changes.thenNone(none);
        assertThat(lines()).isEqualTo("""
                2026-11-27T09:15:42Z  -  -  ! no run  no topology file in fleet  [CLI-006]
                """);
        changes = changes.thenNone(none);
        assertThat(lines()).isEmpty();
        assertThat(told(compared(stopped(Orders.PG4)))).isEqualTo("""
                2026-11-27T09:15:42Z  -  -  = run again
                """);
    }

    @Test
    void aLineStaysALineWhateverAValueHasInIt() {
        told(compared());

        assertThat(told(compared(workMem("a\nb\u001b[2J", "a file has it")))).hasLineCount(1);
    }

    private String told(DriftOutcome... outcomes) {
        changes = changes.then(List.of(outcomes));
        return lines();
    }

    private String lines() {
        return new DriftLines(Ink.PLAIN).render(AT, changes.told());
    }

    private static DriftOutcome compared(Finding... findings) {
        Look look = new Look(Orders.file(), new ClusterObservation(List.of(), List.of()), Duration.ZERO);
        ClusterDrift drift = new ClusterDrift(Orders.topology(), List.of(findings));
        return new DriftOutcome.Compared(FILE, new DriftReport(look, drift, Limit.NONE, drift.unseen(), List.of()));
    }

    private static DriftOutcome comparedWithinPg1(Finding... findings) {
        DriftReport whole = ((DriftOutcome.Compared) compared(findings)).report();
        return new DriftOutcome.Compared(
                FILE,
                new DriftReport(
                        whole.look(),
                        whole.drift().within(Orders.PG1::equals),
                        whole.limit(),
                        whole.hidden(),
                        whole.refusals()));
    }

    private static DriftOutcome invalid(String summary) {
        Problem first = Problem.of("TOPOLOGY-015", summary).at(new Place(FILE, 21, 5));
        return new DriftOutcome.Invalid(FILE, List.of(first, Problem.of("TOPOLOGY-002", "another")));
    }

    private static DriftOutcome failed() {
        return new DriftOutcome.Failed(FILE, "orders", List.of(noCertificates()));
    }

    private static Problem noCertificates() {
        return Problem.of("CLI-004", "no certificates");
    }

    private static Difference stopped(NodeName node) {
        return Difference.of(
                        subject(node), DriftKind.INSTANCE_STOPPED, FieldPath.of("nodes", node), "runs", "is stopped")
                .because("it was shut down");
    }

    private static Difference workMem(String observed, String cause) {
        return Difference.of(
                        subject(Orders.PG2),
                        DriftKind.SETTING,
                        FieldPath.of("nodes", Orders.PG2, "settings", "work_mem"),
                        "4MB",
                        observed)
                .because(cause);
    }

    private static Difference primaries(NodeName node) {
        return Difference.of(
                subject(node), DriftKind.SEVERAL_PRIMARIES, FieldPath.of("primary"), "one primary", "is a primary");
    }

    private static Difference slot(String name, String kept) {
        return Difference.of(
                subject(Orders.PG1),
                DriftKind.SLOT_HOLDS_WAL,
                FieldPath.of("limits", "slot_wal"),
                "slots that keep at most 10.0 MB",
                "slot " + name + " keeps " + kept);
    }

    private static Difference member(String observed) {
        return Difference.of(
                subject(Orders.PG2),
                DriftKind.MEMBER_NOT_CONFIRMING,
                FieldPath.of("synchronous", "of"),
                "confirms commits of pg1",
                observed);
    }

    private static Unseen silent(NodeName node) {
        Subject subject = subject(node);
        return new Unseen(subject, Problem.of("CONNECT-001", "agent of " + subject.host() + " refused the connection"));
    }

    private static Subject subject(NodeName node) {
        return new Subject(Optional.of(node), Orders.topology().node(node).host());
    }
}
