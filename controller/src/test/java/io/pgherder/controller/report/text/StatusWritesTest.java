package io.pgherder.controller.report.text;

import io.pgherder.controller.observation.ClusterObservation;
import io.pgherder.controller.observation.NodeObservation.Unreachable;
import io.pgherder.controller.observation.ServerFacts.WalSender;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.report.ClusterStatus;
import io.pgherder.controller.report.StatusView;
import io.pgherder.controller.report.json.StatusJson;
import io.pgherder.controller.sample.Orders;
import io.pgherder.controller.sample.Servers;
import io.pgherder.controller.topology.SynchronousRule;
import io.pgherder.controller.topology.Topology;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static io.pgherder.controller.sample.Orders.PG1;
import static io.pgherder.controller.sample.Orders.PG2;
import static io.pgherder.controller.sample.Orders.PG3;
import static io.pgherder.controller.sample.Orders.PG4;
import static org.assertj.core.api.Assertions.assertThat;

/** Whether a commit can succeed: the line on writes below the tree, and the same for a script. */
class StatusWritesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T01:00:00Z");

    private final StatusTree tree = new StatusTree(Ink.PLAIN, "pgherder plan 'my orders.yaml'");

    @Test
    void aLostQuorumIsSaidInWords() {
        ClusterObservation seen = new ClusterObservation(
                Orders.allAnswered(),
                List.of(
                        Orders.running(PG1, Servers.primary("0/5F2A1C8", 12, Optional.of(NOW.minusSeconds(35)))),
                        Orders.stopped(PG2),
                        Orders.stopped(PG3),
                        Orders.empty(PG4)));

        assertThat(render(seen)).isEqualTo("""
                NODE       ROLE     STATE    TL  RECEIVED   DELAY  REPLAY LAG  SYNC  AGENT
                pg1        primary  running   3  0/5F2A1C8  -      -           -     ok
                ├─ pg2     standby  stopped   -  -          -      -           -     ok
                │  └─ pg4  standby  absent    -  -          -      -           -     ok
                └─ pg3     standby  stopped   -  -          -      -           -     ok

                Writes: hang, the quorum is lost: any 1 of pg2, pg3 must have each commit, 0 of them stream. \
                12 sessions wait, the longest for 35s.
                """);
    }

    @Test
    void aCommitThatWaitsForLongAlthoughTheStandbysAreThereIsADoubt() {
        Optional<Instant> since = Optional.of(NOW.minusSeconds(16));
        ClusterObservation seen = new ClusterObservation(
                Orders.allAnswered(),
                List.of(
                        Orders.running(
                                PG1,
                                Servers.primary("0/5F2A1C8", 1, since, Servers.sender(PG2, "0/5F2A1C8", "quorum"))),
                        Orders.stopped(PG2),
                        Orders.stopped(PG3),
                        Orders.empty(PG4)));

        assertThat(render(seen)).endsWith("""

                Writes: in doubt on pg1; any 1 of pg2, pg3 must have each commit, 1 of them streams. \
                1 session waits, the longest for 16s. Do they still confirm?
                """);
    }

    @Test
    void aWaitIsMeasuredByTheClockThatHasToldItsBeginning() {
        Optional<Instant> since = Optional.of(NOW.minusSeconds(16));
        ClusterObservation seen = new ClusterObservation(
                List.of(
                        Orders.answered("db1", Duration.ofSeconds(-15)),
                        Orders.answered("db2"),
                        Orders.answered("db3")),
                List.of(
                        Orders.running(
                                PG1,
                                Servers.primary("0/5F2A1C8", 1, since, Servers.sender(PG2, "0/5F2A1C8", "quorum"))),
                        Orders.stopped(PG2),
                        Orders.stopped(PG3),
                        Orders.empty(PG4)));

        assertThat(render(seen)).endsWith("""

                Writes: possible on pg1; any 1 of pg2, pg3 must have each commit, 1 of them streams. \
                1 session waits, the longest for 1.0s.
                """);
    }

    @Test
    void whoStreamsAndIsSilentConfirmsNothing() {
        Optional<Instant> since = Optional.of(NOW.minusSeconds(16));
        ClusterObservation seen = new ClusterObservation(
                Orders.allAnswered(),
                List.of(
                        Orders.running(
                                PG1,
                                Servers.primary(
                                        "0/5F2A1C8",
                                        1,
                                        since,
                                        Servers.silent(PG2, "0/5F2A0C8", Duration.ofSeconds(23)))),
                        Orders.running(PG2, Servers.standby("0/5F2A0C8", PG1)),
                        Orders.stopped(PG3),
                        Orders.empty(PG4)));

        assertThat(render(seen)).endsWith("""

                Writes: hang, the quorum is lost: any 1 of pg2, pg3 must have each commit, 0 of them answer. \
                1 session waits, the longest for 16s.
                ! pg2 streams from pg1, and does not confirm what it was sent; its last answer is 23.0 s old by its own clock \
                (look on db2: is a process stopped, does a disk hang? Or is the network to it dead?)
                """);
        assertThat(StatusJson.render(status(seen))).contains("\n  \"writable\": false,\n", """
                    "available": 0,
                    "chosen_silent": [],
                    "silent_ms": {
                      "pg2": 23000.0
                    },
                """);
        assertThat(status(seen).isSound()).isFalse();
    }

    @Test
    void whereOthersAnswerWritesGoOnWithoutASilentOne() {
        ClusterObservation seen = new ClusterObservation(
                Orders.allAnswered(),
                List.of(
                        Orders.running(
                                PG1,
                                Servers.primary(
                                        "0/5F2A1C8",
                                        0,
                                        Optional.empty(),
                                        Servers.silent(PG2, "0/5F2A0C8", Duration.ofSeconds(23)),
                                        Servers.sender(PG3, "0/5F2A1C8", "quorum"))),
                        Orders.running(PG2, Servers.standby("0/5F2A0C8", PG1)),
                        Orders.running(PG3, Servers.standby("0/5F2A1C8", PG1)),
                        Orders.empty(PG4)));

        assertThat(render(seen))
                .contains("\nWrites: possible on pg1; any 1 of pg2, pg3 must have each commit, 1 of them answers.\n"
                        + "! pg2 streams from pg1, and does not confirm what it was sent;");
    }

    /** As for a minute after the network was cut. */
    @Test
    void ofWhoIsBackTheDeadConnectionIsNotTold() {
        assertThat(render(withInForce("ANY 1 (pg2, pg3)", silent(PG2), answering(PG2), answering(PG3))))
                .isEqualTo("""
                NODE       ROLE     STATE      TL  RECEIVED   DELAY  REPLAY LAG  SYNC    AGENT
                pg1        primary  running     3  0/5F2A1C8  -      -           -       ok
                ├─ pg2     standby  streaming   3  0/5F2A1C8  0 B    -           quorum  ok
                │  └─ pg4  standby  absent      -  -          -      -           -       ok
                └─ pg3     standby  stopped     -  -          -      -           -       ok

                Writes: possible on pg1; any 1 of pg2, pg3 must have each commit, 2 of them stream.
                """);
        assertThat(render(withInForce(
                        "ANY 1 (pg2, pg3)", silent(PG2), Servers.sender("pg2", "catchup", "0/5F2A0C8", "async"))))
                .contains("  async  ok\n")
                .endsWith("\nWrites: hang, the quorum is lost: any 1 of pg2, pg3 must have each commit,"
                        + " 0 of them stream.\n");
    }

    @Test
    void aSilentConnectionThatCommitsDoNotWaitForIsNotTold() {
        assertThat(render(withInForce(
                        "ANY 1 (pg3)", silent(PG2), answering(PG3), Servers.sender("pg2", "backup", "0/0", "async"))))
                .doesNotContain("!");
        assertThat(render(withInForce(
                        "ANY 1 (*)", silent(PG2), answering(PG3), Servers.sender("pg2", "backup", "0/0", "async"))))
                .as("a base backup under the name of pg2, and its second connection")
                .doesNotContain("!");
    }

    @Test
    void firstWaitsForWhomItHasChosenWhoeverElseAnswers() {
        ClusterObservation seen = withInForce("FIRST 1 (pg2, pg3, pg4)", silent(PG2), answering(PG3), answering(PG4));

        assertThat(render(seen))
                .contains("\nWrites: hang, the quorum is lost: the first 1 of pg2, pg3, pg4 must have each commit,"
                        + " 2 of them answer, but FIRST has chosen pg2, which does not answer."
                        + " Declared, but not in force: any 1 of pg2, pg3 must have each commit.\n");
        assertThat(StatusJson.render(status(seen))).contains("\n  \"writable\": false,\n", """
                    "required": 1,
                    "available": 0,
                    "chosen_silent": [
                      "pg2"
                    ],
                """);
        assertThat(render(withInForce(
                        "FIRST 2 (pg2, pg3, pg4, pg5)",
                        silent(PG2),
                        silent(PG3),
                        answering(PG4),
                        Servers.sender("pg5", "streaming", "0/5F2A1C8", "potential"))))
                .contains("\nWrites: hang, the quorum is lost: the first 2 of pg2, pg3, pg4, pg5 must have each commit,"
                        + " 2 of them answer, but FIRST has chosen pg2, pg3, which do not answer. ");
    }

    @Test
    void whereTooFewAnswerTheirNumberSaysWhyWritesHang() {
        assertThat(render(withInForce("FIRST 2 (pg2, pg3, pg4)", silent(PG2), answering(PG3))))
                .contains("\nWrites: hang, the quorum is lost: the first 2 of pg2, pg3, pg4 must have each commit,"
                        + " 1 of them answers. Declared, but");
    }

    @Test
    void whereFirstMayHaveChosenASilentOneWritesAreInDoubt() {
        ClusterObservation belowAStar = withInForce("*", silent(PG2), answering(PG3));

        assertThat(render(belowAStar))
                .contains("\nWrites: in doubt on pg1; any standby must have each commit, 1 of them answers,"
                        + " but FIRST may have chosen pg2, which does not answer."
                        + " Declared, but not in force: any 1 of pg2, pg3 must have each commit.\n");
        assertThat(StatusJson.render(status(belowAStar))).contains("\n  \"writable\": null,\n", """
                    "available": 1,
                    "chosen_silent": null,
                """);
        assertThat(render(withInForce("FIRST 1 (pg2)", silent(PG2), answering(PG2))))
                .contains("\nWrites: in doubt on pg1; pg2 must have each commit and answers,"
                        + " but FIRST may have chosen an old connection of pg2, which does not answer. Declared, but");
    }

    @Test
    void twoPrimariesAreASplitBrain() {
        ClusterObservation seen = new ClusterObservation(
                Orders.allAnswered(),
                List.of(
                        Orders.running(PG1, Servers.primary("0/5F2A1C8", 0, Optional.empty())),
                        Orders.stopped(PG2),
                        Orders.stopped(PG3),
                        Orders.running(PG4, Servers.primaryOnTimeline(4, "0/6000060"))));

        assertThat(render(seen)).isEqualTo("""
                NODE    ROLE     STATE    TL  RECEIVED   DELAY  REPLAY LAG  SYNC  AGENT
                pg1     primary  running   3  0/5F2A1C8  -      -           -     ok
                ├─ pg2  standby  stopped   -  -          -      -           -     ok
                └─ pg3  standby  stopped   -  -          -      -           -     ok
                pg4     primary  running   4  0/6000060  -      -           -     ok

                Split brain: 2 primaries run, pg1 on timeline 3 and pg4 on timeline 4.
                Writes: each of them may accept what the other does not have. Do not write: decide whose history is kept, and \
                stop the other. "pgherder plan 'my orders.yaml'" says why it refuses.
                """);
        assertThat(new StatusTree(Ink.COLOUR, "pgherder plan orders.yaml").render(status(seen)))
                .contains("\u001b[1;31mSplit brain: 2 primaries run");
        assertThat(StatusJson.render(status(seen))).contains("""
                  "primary": null,
                  "primaries": [
                    "pg1",
                    "pg4"
                  ],
                  "writable": null,
                """);
    }

    @Test
    void aPrimaryThatNobodyCouldAskMayTakeWrites() {
        ClusterObservation seen = new ClusterObservation(
                List.of(Orders.silent("db1", "10.0.1.11"), Orders.answered("db2"), Orders.answered("db3")),
                List.of(
                        new Unreachable(PG1, Orders.refused("db1", "10.0.1.11")),
                        Orders.running(PG2, Servers.standby("0/5F2A1C8", PG1)),
                        Orders.stopped(PG3),
                        Orders.empty(PG4)));

        assertThat(render(seen)).isEqualTo("""
                NODE       ROLE     STATE      TL  RECEIVED   DELAY  REPLAY LAG  SYNC  AGENT
                pg1        primary  ? unknown   -  -          -      -           -     no answer
                ├─ pg2     standby  streaming   3  0/5F2A1C8  -      -           -     ok
                │  └─ pg4  standby  absent      -  -          -      -           -     ok
                └─ pg3     standby  stopped     -  -          -      -           -     ok

                Writes: unknown, no primary is seen, and pg1 could not be asked.
                ! agent 10.0.1.11:7432 on db1 refused the connection (start the agent on db1)
                """);
        assertThat(new StatusTree(Ink.COLOUR, "").render(status(seen)))
                .contains("\u001b[33mWrites: unknown, no primary is seen, and pg1 could not be asked.");
        assertThat(StatusJson.render(status(seen))).contains("""
                  "primary": null,
                  "primaries": [],
                  "writable": null,
                """);
    }

    @Test
    void whereEveryNodeIsSeenAndNoneIsPrimaryNobodyCanWrite() {
        ClusterObservation seen = new ClusterObservation(
                Orders.allAnswered(),
                List.of(
                        Orders.stopped(PG1),
                        Orders.running(PG2, Servers.standby("0/5F2A1C8", PG1)),
                        Orders.stopped(PG3),
                        Orders.empty(PG4)));

        assertThat(render(seen)).endsWith("\nWrites: impossible, no primary runs.\n");
        assertThat(StatusJson.render(status(seen))).contains("\n  \"writable\": false,\n");
    }

    @Test
    void aGroupOfOneIsNoChoice() {
        Topology topology = Orders.topologyWith(new SynchronousRule(SynchronousRule.Method.ANY, 1, List.of(PG1, PG2)));
        ClusterObservation streams = withInForce("ANY 1 (pg2)");
        ClusterObservation lost = new ClusterObservation(
                Orders.allAnswered(),
                List.of(
                        Orders.running(PG1, Servers.primary("0/5F2A1C8", 0, Optional.empty())),
                        Orders.stopped(PG2),
                        Orders.stopped(PG3),
                        Orders.empty(PG4)));

        assertThat(tree.render(new StatusView(topology, streams, NOW).status()))
                .endsWith("\nWrites: possible on pg1; pg2 must have each commit and streams.\n");
        assertThat(tree.render(new StatusView(topology, lost, NOW).status()))
                .endsWith("\nWrites: hang, the quorum is lost: pg2 must have each commit and does not stream.\n");
    }

    @Test
    void whatIsInForceDecidesAndWhatElseIsDeclaredIsSaidBesideIt() {
        assertThat(render(withInForce("ANY 2 (pg2, pg3)")))
                .endsWith(
                        "\nWrites: hang, the quorum is lost: any 2 of pg2, pg3 must have each commit, 1 of them streams."
                                + " Declared, but not in force: any 1 of pg2, pg3 must have each commit.\n");
        assertThat(StatusJson.render(status(withInForce("ANY 2 (pg2, pg3)")))).contains("""
                  "writable": false,
                  "quorum": {
                    "in_force": "ANY 2 (pg2, pg3)",
                    "declared": "ANY 1 (pg2, pg3)",
                    "synchronous_commit": null,
                    "as_declared": false,
                    "required": 2,
                    "available": 1,
                """);
        assertThat(render(withInForce("")))
                .endsWith("\nWrites: possible on pg1; no standby is waited for."
                        + " Declared, but not in force: any 1 of pg2, pg3 must have each commit.\n");
    }

    @Test
    void whatIsInForceAsDeclaredIsSaidOnce() {
        assertThat(render(withInForce("any 1 (pg3,pg2)")))
                .endsWith("\nWrites: possible on pg1; any 1 of pg3, pg2 must have each commit, 1 of them streams.\n");
    }

    @Test
    void aStarIsWordedAsAnyStandby() {
        assertThat(render(withInForce("*")))
                .endsWith("\nWrites: possible on pg1; any standby must have each commit, 1 of them streams."
                        + " Declared, but not in force: any 1 of pg2, pg3 must have each commit.\n");
        assertThat(render(withInForce("2 (*)")))
                .contains(
                        "\nWrites: hang, the quorum is lost: any 2 standbys must have each commit, 1 of them streams.");
    }

    private static WalSender silent(NodeName standby) {
        return Servers.silent(standby, "0/5F2A0C8", Duration.ofSeconds(23));
    }

    private static WalSender answering(NodeName standby) {
        return Servers.sender(standby, "0/5F2A1C8", "quorum");
    }

    private static ClusterObservation withInForce(String synchronousStandbyNames) {
        return withInForce(synchronousStandbyNames, answering(PG2));
    }

    private static ClusterObservation withInForce(String synchronousStandbyNames, WalSender... senders) {
        return new ClusterObservation(
                Orders.allAnswered(),
                List.of(
                        Orders.running(PG1, Servers.primaryWaitingFor(synchronousStandbyNames, senders)),
                        Orders.running(PG2, Servers.standby("0/5F2A1C8", PG1)),
                        Orders.stopped(PG3),
                        Orders.empty(PG4)));
    }

    private String render(ClusterObservation seen) {
        return tree.render(status(seen));
    }

    private static ClusterStatus status(ClusterObservation seen) {
        return new StatusView(Orders.topology(), seen, NOW).status();
    }
}
