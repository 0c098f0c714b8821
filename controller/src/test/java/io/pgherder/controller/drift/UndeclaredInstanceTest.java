package io.pgherder.controller.drift;

import io.pgherder.controller.observation.ClusterObservation;
import io.pgherder.controller.observation.HostObservation;
import io.pgherder.controller.observation.HostObservation.LocalInstance;
import io.pgherder.controller.sample.Orders;
import io.pgherder.controller.sample.Strays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Instances that pgherder did not make, on a machine of several agents, each of which sees all that runs there. */
class UndeclaredInstanceTest {
    private static final String AT_PG4 = Orders.topology().node(Orders.PG4).dataDir();

    @Test
    void whatIsWhereANodeOfASilentHostShouldBeMayBeThatNode() {
        assertThat(undeclared(silent(), instance(AT_PG4, 5432, ""), instance("/by/another/way/pg4", 1924, "")))
                .isEmpty();
    }

    @Test
    void whatIsElsewhereIsToldWhoeverIsSilent() {
        assertThat(undeclared(silent(), instance("/data01/pg/other", 5432, "")))
                .containsExactly("host db2: one runs in /data01/pg/other, port 5432");
    }

    @Test
    void whatSaysThatItIsAnotherNodeIsToldThere() {
        assertThat(undeclared(silent(), instance(AT_PG4, 5432, "orders")))
                .containsExactly("host db2: one runs in " + AT_PG4 + ", port 5432");
    }

    @Test
    void whereTheHostOfTheNodeAnswersFromAnotherMachineItIsNotThatNode() {
        assertThat(undeclared(Orders.answered("db3"), instance(AT_PG4, 1924, "")))
                .containsExactly("host db2: one runs in " + AT_PG4 + ", port 1924");
    }

    @Test
    void whatSeveralAgentsOnOneMachineSeeIsToldOnceOfTheHostWhoseAgentInstalledIt() {
        LocalInstance seen = instance("/data01/pg/pg_root1999", 1999, "orders");
        LocalInstance installed = new LocalInstance(
                seen.dataDir(),
                seen.port(),
                seen.pid(),
                seen.majorVersion(),
                seen.cluster(),
                seen.node(),
                true,
                true,
                Optional.empty(),
                Optional.empty());

        assertThat(undeclared(Strays.on("db3", "db2.example", List.of(installed)), seen))
                .containsExactly("host db3: one runs in /data01/pg/pg_root1999, port 1999");
    }

    private static HostObservation silent() {
        return Orders.silent("db3", "10.0.1.13");
    }

    private static LocalInstance instance(String directory, int port, String cluster) {
        return new LocalInstance(
                directory,
                port,
                4711,
                15,
                cluster,
                cluster.isEmpty() ? "" : "pg9",
                true,
                false,
                Optional.empty(),
                Optional.empty());
    }

    private static List<String> undeclared(HostObservation db3, LocalInstance... onDb2) {
        ClusterObservation seen = Strays.seen(Strays.on("db2", "db2.example", List.of(onDb2)), db3);
        return ClusterDrift.of(Orders.topology(), seen).differences().stream()
                .filter(difference -> difference.kind() == DriftKind.UNDECLARED_INSTANCE)
                .map(difference -> difference.subject() + ": " + difference.observed())
                .toList();
    }
}
