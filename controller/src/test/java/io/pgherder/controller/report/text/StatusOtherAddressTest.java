package io.pgherder.controller.report.text;

import io.pgherder.controller.observation.ClusterObservation;
import io.pgherder.controller.observation.ServerFacts.WalSender;
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

/** A standby reaches its upstream by an address that the topology does not name: a host name, a proxy. */
class StatusOtherAddressTest {
    private static final Instant NOW = Instant.parse("2026-11-23T01:00:00Z");

    @Test
    void itIsShownBelowTheOnlyOneThatSendsToIt() {
        ClusterStatus status = status(Servers.sender(PG2, "0/5F2A1C8", "quorum"));

        assertThat(render(status)).startsWith("""
                NODE       ROLE     STATE      TL  RECEIVED   DELAY  REPLAY LAG  SYNC    AGENT
                pg1        primary  running     3  0/5F2A1C8  -      -           -       ok
                ├─ pg2     standby  streaming   3  0/5F2A0C8  256 B  0.1 ms      quorum  ok
                """);
        assertThat(StatusJson.render(status)).contains("""
                      "state": "streaming",
                      "timeline": 3,
                      "upstream": "pg1",
                """);
    }

    @Test
    void whileItCatchesUpItIsShownThereToo() {
        assertThat(render(status(Servers.sender("pg2", "catchup", "0/5F2A1C8", "async"))))
                .contains("├─ pg2     standby  catching up   3  0/5F2A0C8  256 B  0.1 ms      async  ok\n");
    }

    @Test
    void itsNameMayBeWrittenInCapitals() {
        assertThat(render(status(Servers.sender("PG2", "streaming", "0/5F2A1C8", "quorum"))))
                .contains("├─ pg2     standby  streaming   3  0/5F2A0C8  256 B  0.1 ms      quorum  ok\n");
    }

    @Test
    void whereNobodySendsToItItsUpstreamIsNotKnown() {
        assertThat(render(status(Servers.sender(PG3, "0/5F2A1C8", "quorum"))))
                .contains("├─ pg2     standby  streaming   3  0/5F2A0C8  -      -           -     ok\n");
    }

    private static ClusterStatus status(WalSender sender) {
        ClusterObservation seen = new ClusterObservation(
                Orders.allAnswered(),
                List.of(
                        Orders.running(PG1, Servers.primary("0/5F2A1C8", 0, Optional.empty(), sender)),
                        Orders.running(PG2, Servers.standbyReaching("db1.example.com", "0/5F2A0C8", PG1)),
                        Orders.stopped(PG3),
                        Orders.empty(PG4)));
        return new StatusView(Orders.topology(), seen, NOW).status();
    }

    private static String render(ClusterStatus status) {
        return new StatusTree(Ink.PLAIN, "pgherder plan 'my orders.yaml'").render(status);
    }
}
