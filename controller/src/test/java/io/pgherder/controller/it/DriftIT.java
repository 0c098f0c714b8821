package io.pgherder.controller.it;

import io.pgherder.controller.it.drift.Batch;
import io.pgherder.controller.it.drift.CommitRows;
import io.pgherder.controller.it.drift.ConfigurationFileRows;
import io.pgherder.controller.it.drift.DirectoryRows;
import io.pgherder.controller.it.drift.HbaRows;
import io.pgherder.controller.it.drift.HistoryRows;
import io.pgherder.controller.it.drift.InstanceRows;
import io.pgherder.controller.it.drift.LoginRows;
import io.pgherder.controller.it.drift.SettingRows;
import io.pgherder.controller.it.drift.SlotRows;
import io.pgherder.controller.it.drift.SpellingRows;
import io.pgherder.controller.it.drift.UpstreamRows;
import io.pgherder.controller.testing.AppliedCluster;
import io.pgherder.controller.testing.TestCluster;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What drift tells of a cluster that differs from its file, row by row: what differs, why, and what closes it. */
class DriftIT {
    @RegisterExtension
    static final AppliedCluster APPLIED = AppliedCluster.of(
            () -> TestCluster.cascade().edit(TestCluster::besideOthers).edit(text -> text.replace("settings:\n", """
                    settings:
                      work_mem: 4MB
                      maintenance_work_mem: 64MB
                      log_min_duration_statement: 5s
                      TimeZone: Etc/UTC
                    """)));

    private final TestCluster cluster;

    DriftIT(TestCluster cluster) {
        this.cluster = cluster;
    }

    @TestFactory
    Stream<DynamicContainer> everyDifferenceIsToldWithItsCauseAndClosed() {
        return batches()
                .filter(batch -> batch.name().contains(System.getProperty("pgherder.batch", "")))
                .map(batch -> batch.on(cluster));
    }

    static Stream<Batch> batches() {
        return Stream.of(
                        SettingRows.batches(),
                        SpellingRows.batches(),
                        ConfigurationFileRows.batches(),
                        HbaRows.batches(),
                        InstanceRows.batches(),
                        HistoryRows.batches(),
                        UpstreamRows.batches(),
                        SlotRows.batches(),
                        LoginRows.batches(),
                        CommitRows.batches(),
                        DirectoryRows.batches())
                .flatMap(batches -> batches);
    }
}
