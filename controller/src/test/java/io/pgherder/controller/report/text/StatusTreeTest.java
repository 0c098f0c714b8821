package io.pgherder.controller.report.text;

import io.pgherder.controller.observation.ClusterObservation;
import io.pgherder.controller.observation.NodeObservation.Unreachable;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.plan.Limit;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.report.ClusterStatus;
import io.pgherder.controller.report.StatusView;
import io.pgherder.controller.report.json.StatusJson;
import io.pgherder.controller.sample.Orders;
import io.pgherder.controller.sample.Servers;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static io.pgherder.controller.sample.Orders.PG1;
import static io.pgherder.controller.sample.Orders.PG2;
import static io.pgherder.controller.sample.Orders.PG3;
import static io.pgherder.controller.sample.Orders.PG4;
import static org.assertj.core.api.Assertions.assertThat;

class StatusTreeTest {
    private static final Instant NOW = Instant.parse("2026-11-23T01:00:00Z");

    private final StatusTree tree = new StatusTree(Ink.PLAIN, "pgherder plan 'my orders.yaml'");

    @Test
    void aClusterWithACascadeAndASilentAgent() {
        ClusterObservation seen = new ClusterObservation(
                List.of(Orders.answered("db1"), Orders.answered("db2"), Orders.silent("db3", "10.0.1.13")),
                List.of(
                        Orders.running(
                                PG1,
                                Servers.primary(
                                        "0/5F2A1C8", 0, Optional.empty(), Servers.sender(PG2, "0/5F2A1C8", "quorum"))),
                        Orders.running(PG2, Servers.standby("0/5F2A0C8", PG1)),
                        new Unreachable(PG3, Orders.refused("db3", "10.0.1.13")),
                        new Unreachable(PG4, Orders.refused("db3", "10.0.1.13"))));

        assertThat(render(seen)).isEqualTo("""
                NODE       ROLE     STATE      TL  RECEIVED   DELAY  REPLAY LAG  SYNC    AGENT
                pg1        primary  running     3  0/5F2A1C8  -      -           -       ok
                ├─ pg2     standby  streaming   3  0/5F2A0C8  256 B  0.1 ms      quorum  ok
                │  └─ pg4  standby  ? unknown   -  -          -      -           -       no answer
                └─ pg3     standby  ? unknown   -  -          -      -           -       no answer

                Writes: possible on pg1; any 1 of pg2, pg3 must have each commit, 1 of them streams.
                ! agent 10.0.1.13:7432 on db3 refused the connection (start the agent on db3)
                """);
    }

    @Test
    void ofAFewNodesOnlyTheirLinesAndProblemsAreShownAndWhatConcernsTheWhole() {
        ClusterObservation seen = new ClusterObservation(
                List.of(Orders.answered("db1"), Orders.silent("db2", "10.0.1.12"), Orders.answered("db3")),
                List.of(
                        Orders.running(
                                PG1,
                                Servers.primary(
                                        "0/5F2A1C8", 0, Optional.empty(), Servers.sender(PG3, "0/5F2A1C8", "quorum"))),
                        new Unreachable(PG2, Orders.refused("db2", "10.0.1.12")),
                        Orders.running(PG3, Servers.standby("0/5F2A1C8", PG1)),
                        Orders.running(PG4, Servers.unconnectedStandby("0/5F2A0C8"))));

        ClusterStatus status = new StatusView(Orders.topology(), seen, NOW, new Limit(List.of(PG4, PG3))).status();

        assertThat(tree.render(status)).isEqualTo("""
                NODE  ROLE     STATE          TL  RECEIVED   DELAY  REPLAY LAG  SYNC    AGENT
                pg3   standby  streaming       3  0/5F2A1C8  0 B    -           quorum  ok
                pg4   standby  not streaming   3  0/5F2A0C8  -      -           -       ok

                Writes: possible on pg1; any 1 of pg2, pg3 must have each commit, 1 of them streams.
                ! pg4 does not stream from pg2: no WAL receiver runs (the log of pg4 says what its attempts to connect end with)
                """);
        assertThat(status.isSound())
                .as("it is the cluster that is sound or not")
                .isFalse();
        assertThat(tree.render(new StatusView(Orders.topology(), seen, NOW, new Limit(List.of(PG4, PG2))).status()))
                .isEqualTo("""
                NODE    ROLE     STATE          TL  RECEIVED   DELAY  REPLAY LAG  SYNC  AGENT
                pg2     standby  ? unknown       -  -          -      -           -     no answer
                └─ pg4  standby  not streaming   3  0/5F2A0C8  -      -           -     ok

                Writes: possible on pg1; any 1 of pg2, pg3 must have each commit, 1 of them streams.
                ! agent 10.0.1.12:7432 on db2 refused the connection (start the agent on db2)
                ! pg4 does not stream from pg2: no WAL receiver runs (the log of pg4 says what its attempts to connect end with)
                """);
    }

    @Test
    void aNodeWhoseAgentIsSilentIsShownAsItsUpstreamSeesIt() {
        ClusterObservation seen = new ClusterObservation(
                List.of(Orders.answered("db1"), Orders.answered("db2"), Orders.silent("db3", "10.0.1.13")),
                List.of(
                        Orders.running(
                                PG1,
                                Servers.primary(
                                        "0/5F2A1C8",
                                        0,
                                        Optional.empty(),
                                        Servers.sender(PG2, "0/5F2A1C8", "quorum"),
                                        Servers.sender(PG3, "0/5F2A0C8", "quorum"))),
                        Orders.running(PG2, Servers.standby("0/5F2A0C8", PG1)),
                        new Unreachable(PG3, Orders.refused("db3", "10.0.1.13")),
                        new Unreachable(PG4, Orders.refused("db3", "10.0.1.13"))));

        assertThat(render(seen)).isEqualTo("""
                NODE       ROLE     STATE      TL  RECEIVED   DELAY  REPLAY LAG  SYNC    AGENT
                pg1        primary  running     3  0/5F2A1C8  -      -           -       ok
                ├─ pg2     standby  streaming   3  0/5F2A0C8  256 B  0.1 ms      quorum  ok
                │  └─ pg4  standby  ? unknown   -  -          -      -           -       no answer
                └─ pg3     standby  streaming   -  0/5F2A0C8  256 B  0.1 ms      quorum  no answer

                Writes: possible on pg1; any 1 of pg2, pg3 must have each commit, 2 of them stream.
                ! agent 10.0.1.13:7432 on db3 refused the connection (start the agent on db3)
                """);
        assertThat(status(seen).unseen()).containsExactly(PG3, PG4);
        assertThat(status(seen).isSound()).isFalse();
    }

    @Test
    void anAgentThatAnsweredIsNotBlamedForANodeThatItCouldNotLookAt() {
        Problem unreadable = Problem.of("CONNECT-015", "the agent could not look into /data01/pg/pg_root1923")
                .about("pg3")
                .detail("/data01/pg/pg_root1923 cannot be read")
                .hint("whose directory is it? the agent's account must be able to read it");
        ClusterObservation seen = new ClusterObservation(
                Orders.allAnswered(),
                List.of(
                        Orders.running(
                                PG1,
                                Servers.primary(
                                        "0/5F2A1C8", 0, Optional.empty(), Servers.sender(PG2, "0/5F2A1C8", "quorum"))),
                        Orders.running(PG2, Servers.standby("0/5F2A0C8", PG1)),
                        new Unreachable(PG3, unreadable),
                        Orders.stopped(PG4)));

        assertThat(render(seen)).isEqualTo("""
                NODE       ROLE     STATE      TL  RECEIVED   DELAY  REPLAY LAG  SYNC    AGENT
                pg1        primary  running     3  0/5F2A1C8  -      -           -       ok
                ├─ pg2     standby  streaming   3  0/5F2A0C8  256 B  0.1 ms      quorum  ok
                │  └─ pg4  standby  stopped     -  -          -      -           -       ok
                └─ pg3     standby  ? unknown   -  -          -      -           -       ok

                Writes: possible on pg1; any 1 of pg2, pg3 must have each commit, 1 of them streams.
                ! could not look at pg3: the agent could not look into /data01/pg/pg_root1923: \
                /data01/pg/pg_root1923 cannot be read (whose directory is it? the agent's account must be able to read it)
                """);
        assertThat(StatusJson.render(status(seen))).contains("""
                    {
                      "name": "pg3",
                      "host": "db3",
                      "port": 1923,
                      "declared_role": "standby",
                      "role": null,
                      "state": "unknown",
                      "timeline": null,
                      "upstream": null,
                      "receive_lsn": null,
                      "replay_lsn": null,
                      "lag_bytes": null,
                      "write_lag_ms": null,
                      "flush_lag_ms": null,
                      "replay_lag_ms": null,
                      "sync_state": null,
                      "agent": "ok",
                      "problems": [
                        {
                          "code": "CONNECT-015",
                          "summary": "could not look at pg3: the agent could not look into /data01/pg/pg_root1923",
                          "details": [
                            "/data01/pg/pg_root1923 cannot be read"
                          ],
                          "hint": "whose directory is it? the agent's account must be able to read it",
                          "subject": "pg3",
                          "tool_output": []
                        }
                      ]
                    },
                """);
    }

    @Test
    void whatAServerSaysToItsAgentIsShownAndCannotSteerTheTerminal() {
        Problem refused = Problem.of(
                        "POSTGRES-006", "could not connect to the server on /tmp/.s.PGSQL.1921 as postgres")
                .detail("FATAL: sorry, too many clients already")
                .detail("it is \u001b[2Jup")
                .hint("which sessions are not needed?");
        ClusterObservation seen = new ClusterObservation(
                Orders.allAnswered(),
                List.of(new Unreachable(PG1, refused), Orders.stopped(PG2), Orders.stopped(PG3), Orders.stopped(PG4)));

        assertThat(render(seen)).endsWith("""
                ! could not look at pg1: could not connect to the server on /tmp/.s.PGSQL.1921 as postgres: \
                FATAL: sorry, too many clients already; it is \ufffd[2Jup (which sessions are not needed?)
                """);
    }

    @Test
    void aRestartedStandbyIsNotBehindByWhatItReplayedBefore() {
        ClusterObservation seen = new ClusterObservation(
                Orders.allAnswered(),
                List.of(
                        Orders.running(PG1, Servers.primary("0/5F2A1C8", 0, Optional.empty())),
                        Orders.running(PG2, Servers.restartedStandby("0/5F2A1C8", "0/5000000", PG1)),
                        Orders.stopped(PG3),
                        Orders.running(PG4, Servers.restartedStandby("0/5F2A0C8", "0/5000000", PG2))));

        assertThat(render(seen)).contains("""
                ├─ pg2     standby  streaming   3  0/5F2A1C8  0 B    -           -     ok
                │  └─ pg4  standby  streaming   3  0/5F2A0C8  256 B  -           -     ok
                """);
    }

    @Test
    void forAScriptTheSameIsJson() {
        ClusterObservation seen = new ClusterObservation(
                Orders.allAnswered(),
                List.of(
                        Orders.running(
                                PG1,
                                Servers.primary(
                                        "0/5F2A1C8", 0, Optional.empty(), Servers.sender(PG2, "0/5F2A1C8", "quorum"))),
                        Orders.running(PG2, Servers.standby("0/5F2A0C8", PG1)),
                        Orders.stopped(PG3),
                        Orders.empty(PG4)));

        assertThat(StatusJson.render(status(seen))).startsWith("""
                {
                  "cluster": "orders",
                  "system_identifier": "7421903344718816021",
                  "primary": "pg1",
                  "primaries": [
                    "pg1"
                  ],
                  "writable": true,
                  "quorum": {
                    "in_force": null,
                    "declared": "ANY 1 (pg2, pg3)",
                    "synchronous_commit": null,
                    "as_declared": null,
                    "required": 1,
                    "available": 1,
                    "chosen_silent": [],
                    "silent_ms": {},
                    "waiting_sessions": 0,
                    "waiting_ms": null
                  },
                  "nodes": [
                """).contains("""
                    {
                      "name": "pg2",
                      "host": "db2",
                      "port": 1922,
                      "declared_role": "standby",
                      "role": "standby",
                      "state": "streaming",
                      "timeline": 3,
                      "upstream": "pg1",
                      "receive_lsn": "0/5F2A0C8",
                      "replay_lsn": "0/5F2A0C8",
                      "lag_bytes": 256,
                      "write_lag_ms": 0.08,
                      "flush_lag_ms": 0.09,
                      "replay_lag_ms": 0.12,
                      "sync_state": "quorum",
                      "agent": "ok",
                      "problems": []
                    },
                """);
    }

    @Test
    void aCaughtUpStandbyHasNoReplayLagWhateverWasMeasuredLast() {
        assertThat(render(onlyPg2Of(Servers.standby("0/5F2A1C8", PG1))))
                .contains("├─ pg2     standby  streaming   3  0/5F2A1C8  0 B    -           quorum  ok\n");
    }

    @Test
    void aStandbyThatReceivesNothingIsSaidToHaveNoReceiver() {
        assertThat(render(onlyPg2Of(Servers.unconnectedStandby("0/5F2A0C8")))).endsWith("""
                ! pg2 does not stream from pg1: no WAL receiver runs \
                (the log of pg2 says what its attempts to connect end with)
                """);
    }

    @Test
    void aStandbyWhoseReceiverOnlyWaitsIsSaidNotToStream() {
        assertThat(render(onlyPg2Of(Servers.receiving("waiting", "0/5F2A0C8", PG1))))
                .endsWith("""
                ! pg2 does not stream from pg1: its WAL receiver is "waiting" \
                (the log of pg2 says what its attempts to connect end with)
                """);
    }

    /** Only pg2 streams. */
    @Test
    void aStandbyThatDoesNotReplayIsNamed() {
        assertThat(render(onlyPg2Of(Servers.paused(Servers.standby("0/5F2A1C8", PG1)))))
                .contains("""
                ! pg2 has paused replay at 0/5F2A1C8 (SELECT pg_wal_replay_resume() goes on; if its log names settings, \
                they are smaller than its primary's)
                """);
    }

    @Test
    void aStandbyThatDoesNotReplayForWantOfASettingIsNotToBeResumed() {
        ServerFacts less = Servers.paused(Servers.admitting(50, Servers.standby("0/5F2A1C8", PG1)));

        assertThat(render(onlyPg2Of(Servers.admitting(60, primary()), less))).contains("""
                ! pg2 has paused replay at 0/5F2A1C8 (max_connections is 50 here, and 60 on pg1: do not resume it, \
                which would shut it down; it goes on once it has restarted with as much)
                """);
    }

    private static ServerFacts primary() {
        return Servers.primary("0/5F2A1C8", 0, Optional.empty(), Servers.sender(PG2, "0/5F2A1C8", "quorum"));
    }

    private static ClusterObservation onlyPg2Of(ServerFacts pg2) {
        return onlyPg2Of(primary(), pg2);
    }

    private static ClusterObservation onlyPg2Of(ServerFacts pg1, ServerFacts pg2) {
        return new ClusterObservation(
                Orders.allAnswered(),
                List.of(Orders.running(PG1, pg1), Orders.running(PG2, pg2), Orders.stopped(PG3), Orders.empty(PG4)));
    }

    private String render(ClusterObservation seen) {
        return tree.render(status(seen));
    }

    private static ClusterStatus status(ClusterObservation seen) {
        return new StatusView(Orders.topology(), seen, NOW).status();
    }
}
