package io.pgherder.controller.report.text;

import io.pgherder.controller.observation.ClusterObservation;
import io.pgherder.controller.observation.NodeObservation.Unreachable;
import io.pgherder.controller.report.ClusterStatus;
import io.pgherder.controller.report.StatusView;
import io.pgherder.controller.report.json.StatusJson;
import io.pgherder.controller.sample.Orders;
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

    private final StatusTree tree = new StatusTree(Ink.PLAIN);

    @Test
    void aClusterWithACascadeAndASilentAgent() {
        ClusterObservation seen = new ClusterObservation(
                List.of(Orders.answered("db1"), Orders.answered("db2"), Orders.silent("db3", "10.0.1.13")),
                List.of(
                        Orders.running(
                                PG1,
                                Orders.primary(
                                        "0/5F2A1C8", 0, Optional.empty(), Orders.sender(PG2, "0/5F2A1C8", "quorum"))),
                        Orders.running(PG2, Orders.standby("0/5F2A0C8", PG1)),
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
    void aRestartedStandbyIsNotBehindByWhatItReplayedBefore() {
        ClusterObservation seen = new ClusterObservation(
                Orders.allAnswered(),
                List.of(
                        Orders.running(PG1, Orders.primary("0/5F2A1C8", 0, Optional.empty())),
                        Orders.running(PG2, Orders.restartedStandby("0/5F2A1C8", "0/5000000", PG1)),
                        Orders.stopped(PG3),
                        Orders.running(PG4, Orders.restartedStandby("0/5F2A0C8", "0/5000000", PG2))));

        assertThat(render(seen)).contains("""
                ├─ pg2     standby  streaming   3  0/5F2A1C8  0 B    -           -     ok
                │  └─ pg4  standby  streaming   3  0/5F2A0C8  256 B  -           -     ok
                """);
    }

    @Test
    void aLostQuorumIsSaidInWords() {
        ClusterObservation seen = new ClusterObservation(
                Orders.allAnswered(),
                List.of(
                        Orders.running(PG1, Orders.primary("0/5F2A1C8", 12, Optional.of(NOW.minusSeconds(35)))),
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
    void forAScriptTheSameIsJson() {
        ClusterObservation seen = new ClusterObservation(
                Orders.allAnswered(),
                List.of(
                        Orders.running(
                                PG1,
                                Orders.primary(
                                        "0/5F2A1C8", 0, Optional.empty(), Orders.sender(PG2, "0/5F2A1C8", "quorum"))),
                        Orders.running(PG2, Orders.standby("0/5F2A0C8", PG1)),
                        Orders.stopped(PG3),
                        Orders.empty(PG4)));

        assertThat(StatusJson.render(status(seen))).startsWith("""
                {
                  "cluster": "orders",
                  "system_identifier": "7421903344718816021",
                  "primary": "pg1",
                  "writable": true,
                  "quorum": {
                    "required": 1,
                    "available": 1,
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

    private String render(ClusterObservation seen) {
        return tree.render(status(seen));
    }

    private static ClusterStatus status(ClusterObservation seen) {
        return new StatusView(Orders.topology(), seen, NOW).status();
    }
}
