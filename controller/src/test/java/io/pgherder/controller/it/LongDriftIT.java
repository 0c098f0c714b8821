package io.pgherder.controller.it;

import io.pgherder.controller.it.drift.Batch;
import io.pgherder.controller.it.drift.LongRows;
import io.pgherder.controller.testing.TestCluster;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

import static io.pgherder.controller.testing.WholeCluster.assertApplied;

/** The rows of {@link DriftIT} that leave nothing as it was: each on a cluster of its own. */
@Tag("long")
class LongDriftIT {
    private Optional<TestCluster> cluster = Optional.empty();

    @AfterEach
    void takeDown() {
        cluster.ifPresent(TestCluster::close);
    }

    static Stream<Batch> batches() {
        return Stream.of(
                LongRows.promoted(),
                LongRows.primaryAsStandby(),
                LongRows.olderPrimary(),
                LongRows.withoutChecksums(),
                LongRows.belowThePrimary(),
                LongRows.takenOut());
    }

    @TestFactory
    DynamicNode anotherNodeWasPromoted() {
        return LongRows.promoted().on(applied(TestCluster.pair(), LongDriftIT::withoutPromise));
    }

    @TestFactory
    DynamicNode thePrimaryRunsAsAStandby() {
        return LongRows.primaryAsStandby().on(applied(TestCluster.pair(), text -> text));
    }

    @TestFactory
    DynamicNode anOlderCopyOfThePrimary() {
        return LongRows.olderPrimary().on(applied(TestCluster.pair(), text -> text));
    }

    @TestFactory
    DynamicNode noRewind() {
        return LongRows.withoutChecksums()
                .on(applied(
                        TestCluster.pair(),
                        text -> text.replace("replication:\n", "  initdb: { data_checksums: false }\nreplication:\n")));
    }

    @TestFactory
    DynamicNode standbysBelowThePrimary() {
        return LongRows.belowThePrimary().on(applied(TestCluster.cascade(), text -> text));
    }

    @TestFactory
    DynamicNode aNodeWasTakenOut() {
        return LongRows.takenOut().on(applied(TestCluster.cascade(), text -> text));
    }

    private TestCluster applied(TestCluster fresh, UnaryOperator<String> change) {
        cluster = Optional.of(fresh);
        fresh.edit(text -> change.apply(TestCluster.besideOthers(text)));
        assertApplied(fresh);
        return fresh;
    }

    private static String withoutPromise(String topology) {
        return topology.replaceAll("(?m)^synchronous: .*\n", "");
    }
}
