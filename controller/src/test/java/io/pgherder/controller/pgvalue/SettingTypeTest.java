package io.pgherder.controller.pgvalue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SettingTypeTest {
    @ParameterizedTest
    @CsvSource({
        "hot_standby_feedback, on",
        "hot_standby_feedback, TRUE",
        "hot_standby_feedback, y",
        "hot_standby_feedback, tru",
        "hot_standby_feedback, of",
        "hot_standby_feedback, 0",
        "max_connections, 60",
        "max_connections, 0x3C",
        "max_connections, ' 60 '",
        "max_connections, 60.",
        "max_connections, 59.7",
        "checkpoint_completion_target, .9",
        "random_page_cost, 11e-1",
        "old_snapshot_threshold, -1",
        "work_mem, 4096",
        "work_mem, 4MB",
        "work_mem, 4 MB",
        "work_mem, 0.5GB",
        "checkpoint_timeout, 900",
        "checkpoint_timeout, 15min",
        "Checkpoint_Timeout, 0.25h",
        "log_connections, 'receipt,authorization'",
        "wal_level, replica",
        "pg_stat_statements.max, many"
    })
    void aValueThatAServerCouldTake(String setting, String value) {
        assertThat(SettingCatalog.type(setting).accepts(value)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "hot_standby_feedback, maybe",
        "hot_standby_feedback, o",
        "hot_standby_feedback, ''",
        "hot_standby_feedback, ' on'",
        "hot_standby_feedback, 2",
        "max_connections, many",
        "max_connections, 60kB",
        "max_connections, ''",
        "random_page_cost, 1.1s",
        "random_page_cost, '1,1'",
        "work_mem, 64 bananas",
        "work_mem, 4min",
        "work_mem, 4mb",
        "work_mem, 4ZB",
        "work_mem, .",
        "checkpoint_timeout, 15MB",
        "checkpoint_timeout, 15 minutes"
    })
    void aValueThatNoServerTakes(String setting, String value) {
        assertThat(SettingCatalog.type(setting).accepts(value)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "SIZE, 3B, 3",
        "SIZE, 64kB, 65536",
        "SIZE, 64MB, 67108864",
        "SIZE, '0.5 GB', 536870912",
        "SIZE, 1TB, 1099511627776",
        "SIZE, 0.4B, 0",
        "SIZE, 8388607TB, 9223370937343148032",
        "TIME, 7us, 7",
        "TIME, 1500ms, 1500000",
        "TIME, 30s, 30000000",
        "TIME, 5min, 300000000",
        "TIME, 1.5h, 5400000000",
        "TIME, 1d, 86400000000"
    })
    void aValueWithItsUnitIsSoMuch(SettingType type, String value, long much) {
        assertThat(type.measure(value)).contains(much);
    }

    @ParameterizedTest
    @CsvSource({
        "SIZE, 64",
        "SIZE, 64mb",
        "SIZE, 64min",
        "SIZE, MB",
        "SIZE, 8388608TB",
        "TIME, 30",
        "TIME, 30S",
        "TIME, 30MB",
        "TIME, 30 s s",
        "NUMBER, 3",
        "OTHER, 3s"
    })
    void aValueThatIsNoAmountByItself(SettingType type, String value) {
        assertThat(type.measure(value)).isEmpty();
    }

    @Test
    void aUnitInTheWrongCase() {
        assertThat(SettingType.SIZE.unitMeant("64mb")).contains("MB");
        assertThat(SettingType.SIZE.unitMeant("64M")).isEmpty();
        assertThat(SettingType.TIME.unitMeant("5 MIN")).contains("min");
        assertThat(SettingType.NUMBER.unitMeant("64mb")).isEmpty();
    }
}
