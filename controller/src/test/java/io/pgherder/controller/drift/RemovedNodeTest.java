package io.pgherder.controller.drift;

import io.pgherder.controller.observation.ClusterObservation;
import io.pgherder.controller.observation.HostObservation.LocalInstance;
import io.pgherder.controller.pgvalue.SystemIdentifier;
import io.pgherder.controller.plan.Limit;
import io.pgherder.controller.plan.Planner;
import io.pgherder.controller.plan.Scope;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.sample.Orders;
import io.pgherder.controller.sample.Strays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** Which instances are nodes that were taken out of the file, and which only look like that. */
class RemovedNodeTest {
    private static final String AT_PG4 = Orders.topology().node(Orders.PG4).dataDir();

    private static LocalInstance instance(String directory, String cluster, String node, boolean installedHere) {
        return of(Optional.empty(), directory, cluster, node, installedHere);
    }

    private static LocalInstance of(
            Optional<SystemIdentifier> system, String directory, String cluster, String node, boolean installedHere) {
        return new LocalInstance(
                directory, 1929, 4711, 15, cluster, node, true, installedHere, Optional.empty(), system);
    }

    /** Both agents are on one machine. */
    private static ClusterObservation seen(List<LocalInstance> onDb2, List<LocalInstance> onDb3) {
        return Strays.seen(Strays.on("db2", "one-machine", onDb2), Strays.on("db3", "one-machine", onDb3));
    }

    private static List<String> removed(List<LocalInstance> onDb2, List<LocalInstance> onDb3) {
        return new SideBySide(Orders.topology(), seen(onDb2, onDb3))
                .removedNodes().stream()
                        .map(node -> node.name() + " on " + node.host())
                        .toList();
    }

    @Test
    void oneThatSaysSoIsAndBelongsToTheAgentThatInstalledIt() {
        assertThat(removed(
                        List.of(instance("/data01/pg/pg9", "orders", "pg9", false)),
                        List.of(instance("/data01/pg/pg9", "orders", "pg9", true))))
                .containsExactly("pg9 on db3");
    }

    @Test
    void aNodeThatHasAnotherNameNowIsStillTheDeclaredOne() {
        assertThat(removed(List.of(), List.of(instance(AT_PG4, "orders", "pg9", true))))
                .isEmpty();
    }

    @Test
    void aCopyOfADeclaredNodeAndAnotherClustersAreNone() {
        assertThat(removed(
                        List.of(instance("/data01/restored", "orders", "pg4", false)),
                        List.of(instance("/data01/pg/parts9", "parts", "pg9", true))))
                .isEmpty();
    }

    @Test
    void aNodeOfAnotherClusterOfTheSameNameIsNone() {
        Optional<SystemIdentifier> other = Optional.of(SystemIdentifier.parse("7000000000000000001"));
        List<LocalInstance> foreign = List.of(of(other, "/data01/pg/pg9", "orders", "pg9", true));

        assertThat(removed(List.of(), foreign)).isEmpty();
        assertThat(ClusterDrift.of(Orders.topology(), seen(List.of(), foreign)).differences())
                .filteredOn(difference -> difference.kind() == DriftKind.UNDECLARED_INSTANCE)
                .extracting(Difference::cause, Difference::byHand)
                .containsExactly(tuple(
                        Optional.of(
                                "its pgherder.conf says that it is node pg9 of a cluster of this name; its data are of"
                                        + " another system, 7000000000000000001"),
                        Optional.of("give one of the two clusters another name")));
    }

    @Test
    void oneOfWhichNobodyKnowsTheSystemIsNotRetired() {
        ClusterObservation seen = seen(List.of(), List.of(instance("/data01/pg/pg9", "orders", "pg9", true)));

        assertThat(new Planner()
                        .plan(Orders.topology(), seen, new Scope(Limit.NONE, true)).refusals().stream()
                                .map(Problem::summary))
                .contains("refusing to retire pg9: nobody can tell whether its data are this cluster's");
    }

    @Test
    void twoThatGoByOneNameAreNotRetired() {
        ClusterObservation seen = seen(
                List.of(instance("/data01/pg/pg9", "orders", "pg9", true)),
                List.of(instance("/data01/pg/copy_of_pg9", "orders", "pg9", true)));

        assertThat(new Planner()
                        .plan(Orders.topology(), seen, new Scope(Limit.NONE, true)).refusals().stream()
                                .map(Problem::code))
                .containsSubsequence("PREFLIGHT-019", "PREFLIGHT-019");
    }
}
