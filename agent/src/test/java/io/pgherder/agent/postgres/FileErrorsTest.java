package io.pgherder.agent.postgres;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FileErrorsTest {
    private static final String FILE = "/data01/pg/postgresql.conf";

    @Test
    void aBadValueIsNamedWithItsSettingAndPlace() {
        assertThat(FileErrors.inSettings(
                        List.of(row(FILE, "12", "max_connections", "many", "setting could not be applied"))))
                .containsExactly(FILE + ":12: max_connections = 'many': setting could not be applied");
    }

    @Test
    void aLineThatIsNoSettingHasOnlyItsPlace() {
        assertThat(FileErrors.inSettings(List.of(row(FILE, "820", null, null, "syntax error"))))
                .containsExactly(FILE + ":820: syntax error");
    }

    @Test
    void aFileThatIsNotThereNamesItself() {
        assertThat(FileErrors.inSettings(List.of(row(null, null, null, null, "could not open file \"" + FILE + "\""))))
                .containsExactly("could not open file \"" + FILE + "\"");
    }

    @Test
    void aPasswordStaysOnTheHost() {
        assertThat(FileErrors.inSettings(List.of(row(
                        FILE,
                        "7",
                        "primary_conninfo",
                        "host=10.0.1.11 password=geheim",
                        "setting could not be applied"))))
                .singleElement()
                .asString()
                .contains("host=10.0.1.11")
                .doesNotContain("geheim");
    }

    private static Row row(
            @Nullable String file,
            @Nullable String line,
            @Nullable String name,
            @Nullable String setting,
            String error) {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        values.put("sourcefile", file);
        values.put("sourceline", line);
        values.put("name", name);
        values.put("setting", setting);
        values.put("error", error);
        return new Row(values);
    }
}
