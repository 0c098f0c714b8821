package io.pgherder.controller.topology.yaml;

import io.pgherder.controller.problem.Place;
import io.pgherder.controller.topology.DriftLimits;
import io.pgherder.controller.topology.FieldPath;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Up to where lag and kept WAL are no drift. */
class DriftLimitsTest {
    private static final String SIZE_HINT =
            "Hint: write a number above 0 and one of B, kB, MB, GB, TB, as in \"64MB\"\n";
    private static final String TIME_HINT =
            "Hint: write a number above 0 and one of us, ms, s, min, h, d, as in \"30s\"\n";

    @TempDir
    private Path directory;

    @Test
    void limitsAreReadInBytesAndTime() {
        DriftLimits limits = limits("{ lag: 64MB, replay_lag: 30s, slot_wal: 10GB }");

        assertThat(limits)
                .isEqualTo(new DriftLimits(
                        Optional.of(64L << 20), Optional.of(Duration.ofSeconds(30)), Optional.of(10L << 30)));
    }

    @Test
    void eachLimitMayStandAlone() {
        assertThat(limits("{ replay_lag: 5min }"))
                .isEqualTo(new DriftLimits(Optional.empty(), Optional.of(Duration.ofMinutes(5)), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}"})
    void emptyLimitsAreNone(String nothing) {
        assertThat(limits(nothing)).isEqualTo(DriftLimits.NONE);
    }

    @ParameterizedTest
    @CsvSource({"1B, 1", "8192kB, 8388608", "0.5GB, 536870912", "64 MB, 67108864", "'\"1TB\"', 1099511627776"})
    void sizeAsPostgresWritesThem(String written, long bytes) {
        assertThat(limits("{ lag: " + written + " }").lagBytes()).contains(bytes);
    }

    @ParameterizedTest
    @CsvSource({"1us, PT0.000001S", "500ms, PT0.5S", "1.5h, PT1H30M", "1 d, PT24H"})
    void timeAsPostgresWritesThem(String written, Duration time) {
        assertThat(limits("{ replay_lag: " + written + " }").replayLag()).contains(time);
    }

    @Test
    void limitsAreMergedWithThoseOfTheExtendedFile() {
        TopologyFile orders = new OrdersFile(directory)
                .beside("common.yaml", "limits: { lag: 64MB, slot_wal: 10GB }\nhosts: { db2: { shared: true } }\n")
                .plus("extends: common.yaml\nlimits: { lag: 1GB, replay_lag: 30s }\n")
                .read();

        assertThat(orders.topology().limits())
                .isEqualTo(new DriftLimits(
                        Optional.of(1L << 30), Optional.of(Duration.ofSeconds(30)), Optional.of(10L << 30)));
        assertThat(orders.topology().host("db2").shared()).isTrue();
        assertThat(orders.placeOf(FieldPath.of("limits", "slot_wal")).map(Place::file))
                .contains(directory.resolve("common.yaml").toString());
        assertThat(orders.placeOf(FieldPath.of("limits", "lag")).map(Place::line))
                .contains(16);
    }

    @Test
    void sizeWithoutAUnit() {
        assertThat(refusal("limits: { lag: 64 }")).isEqualTo("""
                        Error: "64" is not a size  [TOPOLOGY-012]

                          orders.yaml:15:16  limits.lag
                             |
                          15 | limits: { lag: 64 }
                             |                ^
                          Hint: write a number above 0 and one of B, kB, MB, GB, TB, as in "64MB"
                        """);
    }

    @Test
    void timeWithoutAUnit() {
        assertThat(refusal("limits: { replay_lag: 30 }")).isEqualTo("""
                        Error: "30" is not a time  [TOPOLOGY-012]

                          orders.yaml:15:23  limits.replay_lag
                             |
                          15 | limits: { replay_lag: 30 }
                             |                       ^
                          Hint: write a number above 0 and one of us, ms, s, min, h, d, as in "30s"
                        """);
    }

    @Test
    void unitInTheWrongCase() {
        assertThat(refusal("limits: { slot_wal: 10gb }")).isEqualTo("""
                        Error: "10gb" is not a size  [TOPOLOGY-012]

                          orders.yaml:15:21  limits.slot_wal
                             |
                          15 | limits: { slot_wal: 10gb }
                             |                     ^
                          Hint: did you mean GB? Upper and lower case matter
                        """);
    }

    @Test
    void moreThanCanBeCounted() {
        assertThat(refusal("limits: { slot_wal: 8388608TB }")).isEqualTo("""
                        Error: "8388608TB" is not a size  [TOPOLOGY-012]

                          orders.yaml:15:21  limits.slot_wal
                             |
                          15 | limits: { slot_wal: 8388608TB }
                             |                     ^
                          Hint: it is more than can be counted: write less
                        """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "0MB",
                "0.0GB",
                "0.1B",
                "-1",
                "-64MB",
                "+64MB",
                "010MB",
                "0x10MB",
                "1e3MB",
                "64M",
                "64MiB",
                "30s",
                "MB",
                "off",
                "1,5GB",
                "64  MB",
                "\"\"",
                "9999999999999999B"
            })
    void noSize(String written) {
        assertThat(refusal("limits:\n  lag: " + written))
                .contains("is not a size  [TOPOLOGY-012]")
                .endsWith(SIZE_HINT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "-30s", "0.4us", "30sec", "30m", "64MB", "1h30min", "PT30S", "00:00:30"})
    void noTime(String written) {
        assertThat(refusal("limits: { replay_lag: \"" + written + "\" }"))
                .contains("is not a time  [TOPOLOGY-012]")
                .endsWith(TIME_HINT);
    }

    @Test
    void limitWithoutAValue() {
        assertThat(refusal("limits:\n  lag:")).isEqualTo("""
                        Error: "limits.lag" has no value  [TOPOLOGY-011]

                          orders.yaml:16:7  limits.lag
                             |
                          16 |   lag:
                             |       ^
                          Hint: for example: lag: 64MB
                        """);
    }

    @Test
    void limitsThatAreNoMap() {
        assertThat(refusal("limits: 64MB")).isEqualTo("""
                        Error: "limits" must be a map, not "64MB"  [TOPOLOGY-011]

                          orders.yaml:15:9  limits
                             |
                          15 | limits: 64MB
                             |         ^
                          Hint: for example: limits: { lag: 64MB, replay_lag: 30s, slot_wal: 10GB }
                        """);
    }

    @Test
    void misspeltLimits() {
        assertThat(refusal("limit: { lag: 64MB }")).isEqualTo("""
                        Error: unknown key "limit" at the top level  [TOPOLOGY-009]

                          orders.yaml:15:1  limit
                             |
                          15 | limit: { lag: 64MB }
                             | ^
                          known here: cluster, primary, extends, postgres, replication, synchronous, agents, hosts, defaults, nodes, settings, hba, limits
                          Hint: did you mean "limits"?
                        """);
    }

    @Test
    void misspeltLimit() {
        assertThat(refusal("limits: { replaylag: 30s, slot_wall: 10GB }")).isEqualTo("""
                        Error: unknown key "replaylag" in "limits"  [TOPOLOGY-009]

                          orders.yaml:15:11  limits.replaylag
                             |
                          15 | limits: { replaylag: 30s, slot_wall: 10GB }
                             |           ^
                          known here: lag, replay_lag, slot_wal
                          Hint: did you mean "replay_lag"?

                        Error: unknown key "slot_wall" in "limits"  [TOPOLOGY-009]

                          orders.yaml:15:27  limits.slot_wall
                             |
                          15 | limits: { replaylag: 30s, slot_wall: 10GB }
                             |                           ^
                          known here: lag, replay_lag, slot_wal
                          Hint: did you mean "slot_wal"?
                        """);
    }

    @Test
    void limitInTheWrongPlace() {
        String refusal = new OrdersFile(directory)
                .with("port: 1922 }", "port: 1922, limits: { lag: 64MB } }")
                .plus("replay_lag: 30s\n")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: unknown key "limits" in "nodes.pg2"  [TOPOLOGY-009]

                          orders.yaml:12:33  nodes.pg2.limits
                             |
                          12 |   pg2: { host: db2, port: 1922, limits: { lag: 64MB } }
                             |                                 ^
                          known here: host, port, follows, data_dir, wal_dir, config_dir, priority, clone, settings, options
                          Hint: limits are the whole cluster's and stand under "limits" at the top level

                        Error: unknown key "replay_lag" at the top level  [TOPOLOGY-009]

                          orders.yaml:15:1  replay_lag
                             |
                          15 | replay_lag: 30s
                             | ^
                          known here: cluster, primary, extends, postgres, replication, synchronous, agents, hosts, defaults, nodes, settings, hba, limits
                          Hint: it stands under "limits" at the top level
                        """);
    }

    private DriftLimits limits(String limits) {
        return new OrdersFile(directory)
                .plus("limits: " + limits + "\n")
                .read()
                .topology()
                .limits();
    }

    private String refusal(String more) {
        return new OrdersFile(directory).plus(more + "\n").refusal();
    }
}
