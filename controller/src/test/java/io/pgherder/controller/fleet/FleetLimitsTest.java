package io.pgherder.controller.fleet;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FleetLimitsTest {
    @Test
    void a_fleet_within_all_limits() {
        assertThat(FleetLimits.judge(
                        List.of(row(10, 1862, 184), row(50, 4334, 234), row(100, 6146, 248), row(200, 10_000, 400))))
                .containsExactly(
                        "kept: a fleet of 1000 nodes in at most 10000 ms; 10000",
                        "kept: a fleet of 1000 nodes in at most 400 MB; 400",
                        "kept: a further node of the largest fleets at most 1.25 times the cost of one of the smallest;"
                                + " 7.71 ms after 12.36 ms");
    }

    @Test
    void a_fleet_beyond_each_of_them() {
        assertThat(FleetLimits.judge(
                        List.of(row(10, 1500, 184), row(50, 3500, 234), row(100, 4500, 248), row(200, 10_764, 401))))
                .containsExactly(
                        "MISSED: a fleet of 1000 nodes in at most 10000 ms; 10764",
                        "MISSED: a fleet of 1000 nodes in at most 400 MB; 401",
                        "MISSED: a further node of the largest fleets at most 1.25 times the cost of one of the smallest;"
                                + " 12.53 ms after 10.00 ms");
    }

    @Test
    void only_small_fleets_were_measured() {
        assertThat(FleetLimits.judge(List.of(row(10, 1862, 184), row(50, 4334, 234))))
                .containsExactly(
                        "not judged: a fleet of 1000 nodes in at most 10000 ms; it was not measured",
                        "not judged: a fleet of 1000 nodes in at most 400 MB; it was not measured",
                        "not judged: a further node of the largest fleets at most 1.25 times the cost of one of the smallest;"
                                + " that takes three fleets");
    }

    private static FleetRow row(int clusters, int milliseconds, long largestMb) {
        return new FleetRow(clusters, new MeasuredRun(Duration.ofMillis(milliseconds), largestMb, 0, ""));
    }
}
