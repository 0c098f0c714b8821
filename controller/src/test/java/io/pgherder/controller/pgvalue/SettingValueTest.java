package io.pgherder.controller.pgvalue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SettingValueTest {
    @ParameterizedTest
    @CsvSource({
        "64MB, integer, 64MB, 8192, 8kB",
        "65536kB, integer, 64MB, 8192, 8kB",
        "8192, integer, 64MB, 8192, 8kB",
        "1.5GB, integer, 1536MB, 1572864, kB",
        "15min, integer, 15min, 900, s",
        "900s, integer, 15min, 900, s",
        "0.90, real, 0.9, 0.9, ''",
        "true, bool, on, on, ''",
        "tru, bool, on, on, ''",
        "OF, bool, off, off, ''",
        "yes, enum, on, on, ''",
        "0, enum, off, off, ''",
        "0x2000, integer, 64MB, 8192, 8kB",
        "8192., integer, 64MB, 8192, 8kB",
        "' 64 MB ', integer, 64MB, 8192, 8kB",
        "020000, integer, 64MB, 8192, 8kB",
        "384, integer, 0600, 0600, ''",
        "1.5e1min, integer, 15min, 900, s",
        "010, real, 10, 10, ''",
        "Replica, enum, replica, replica, ''",
        "on, enum, on, on, ''"
    })
    void meansTheSame(String written, String type, String shown, String raw, String unit) {
        assertThat(SettingValue.same(written, type, shown, raw, unit)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "64MB, integer, 32MB, 4096, 8kB",
        "64mb, integer, 64MB, 8192, 8kB",
        "off, bool, on, on, ''",
        "o, bool, on, on, ''",
        "o, bool, off, off, ''",
        "tru, enum, on, on, ''",
        "1e999999999, integer, 10, 10, ''",
        "64 bananas, integer, 64MB, 8192, 8kB",
        "'ANY 1 (pg2)', string, 'any 1 (pg2)', 'any 1 (pg2)', ''",
        "many, integer, 10, 10, ''"
    })
    void doesNotMeanTheSame(String written, String type, String shown, String raw, String unit) {
        assertThat(SettingValue.same(written, type, shown, raw, unit)).isFalse();
    }
}
