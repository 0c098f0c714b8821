package io.pgherder.controller.report.text;

import io.pgherder.controller.drift.ClusterDrift;
import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.Subject;
import io.pgherder.controller.observation.ClusterObservation;
import io.pgherder.controller.plan.Limit;
import io.pgherder.controller.report.DriftReport;
import io.pgherder.controller.report.Look;
import io.pgherder.controller.sample.Orders;
import io.pgherder.controller.topology.FieldPath;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Differences of hosts, beside nodes that are as declared. */
class DriftTextTest {
    @Test
    void aHostIsToldOnceWithAllThatDiffersThereAndCountedBesideTheNodes() {
        assertThat(new DriftText(Ink.PLAIN)
                        .render(report(
                                undeclared("db2", "/data01/one"),
                                undeclared("db3", "/data01/other"),
                                undeclared("db2", "/data01/two"))))
                .isEqualTo("""
                Cluster orders, new, PostgreSQL 15.  0 of 0 agents answered in 0.0s.

                  = pg1  primary         in sync
                  = pg2  standby of pg1  in sync
                  = pg3  standby of pg1  in sync
                  = pg4  standby of pg2  in sync
                  ~ host db2  differs
                      hosts.db2
                        declared  no other instance than the declared ones
                        observed  one runs in /data01/one
                      hosts.db2
                        declared  no other instance than the declared ones
                        observed  one runs in /data01/two
                  ~ host db3  differs
                      hosts.db3
                        declared  no other instance than the declared ones
                        observed  one runs in /data01/other

                Drift: 3 differences of orders from inventories/orders.yaml; 0 nodes differ, 4 in sync; 2 hosts differ.
                """);
    }

    @Test
    void oneHostIsOneHost() {
        assertThat(new DriftText(Ink.PLAIN).result(report(undeclared("db2", "/data01/one"))))
                .isEqualTo("""
                Drift: 1 difference of orders from inventories/orders.yaml; 0 nodes differ, 4 in sync; 1 host differs.
                """);
    }

    @Test
    void whatAHostTellsCannotSteerTheTerminal() {
        assertThat(new DriftText(Ink.PLAIN).render(report(undeclared("db2", "/data01/\u001b[2Jone"))))
                .contains("observed  one runs in /data01/\ufffd[2Jone");
    }

    private static DriftReport report(Difference... differences) {
        Look look = new Look(
                Orders.file(),
                new ClusterObservation(
                        List.of(),
                        List.of(
                                Orders.stopped(Orders.PG1),
                                Orders.stopped(Orders.PG2),
                                Orders.stopped(Orders.PG3),
                                Orders.stopped(Orders.PG4))),
                Duration.ZERO);
        return new DriftReport(
                look, new ClusterDrift(Orders.topology(), List.of(differences)), Limit.NONE, List.of(), List.of());
    }

    private static Difference undeclared(String host, String directory) {
        return Difference.of(
                new Subject(Optional.empty(), host),
                DriftKind.UNDECLARED_INSTANCE,
                FieldPath.of("hosts", host),
                "no other instance than the declared ones",
                "one runs in " + directory);
    }
}
