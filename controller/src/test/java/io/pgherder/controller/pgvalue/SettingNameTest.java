package io.pgherder.controller.pgvalue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SettingNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"work_mem", "_x", "a1", "DateStyle", "pg_stat_statements.max", "my_ext.größe", "д.д"})
    void whatPostgresqlReads(String name) {
        assertThat(SettingName.isReadable(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "my.ext$x", "x$y", "a.b.c", "a..b", "a.", ".b", "1a", "a.1b", "work mem", "work-mem", "a\nb"
            })
    void whatMakesItTakeNothingOfTheFile(String name) {
        assertThat(SettingName.isReadable(name)).isFalse();
    }
}
