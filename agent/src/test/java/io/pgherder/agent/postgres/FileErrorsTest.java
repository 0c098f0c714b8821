package io.pgherder.agent.postgres;

import io.pgherder.agent.problem.OperationFailed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

import static org.assertj.core.api.Assertions.assertThat;

class FileErrorsTest {
    private static final String FILE = "/data01/pg/postgresql.conf";

    @Test
    void aBadValueIsNamedWithItsSettingAndPlace() {
        assertThat(words(List.of(row(FILE, "12", "max_connections", "many", "setting could not be applied"))))
                .containsExactly(FILE + ":12: max_connections = 'many': setting could not be applied");
    }

    @Test
    void aLineThatIsNoSettingHasOnlyItsPlace() {
        assertThat(words(List.of(row(FILE, "820", null, null, "syntax error"))))
                .containsExactly(FILE + ":820: syntax error");
    }

    @Test
    void aFileThatIsNotThereNamesItself() {
        assertThat(words(List.of(row(null, null, null, null, "could not open file \"" + FILE + "\""))))
                .containsExactly("could not open file \"" + FILE + "\"");
    }

    @Test
    void aPasswordStaysOnTheHost() {
        assertThat(words(List.of(row(
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

    @Test
    void ofVeryManyErrorsTheFirstAreToldAndHowManyMoreThereAre() {
        Row counted = new Row(Map.of(
                "sourcefile", FILE,
                "sourceline", "1",
                "name", "bad_1",
                "setting", "x",
                "error", "unrecognized configuration parameter",
                "errors", "3000"));

        assertThat(FileErrors.firstInSettings(List.of(counted, counted)).words())
                .containsExactly(
                        FILE + ":1: bad_1 = 'x': unrecognized configuration parameter",
                        FILE + ":1: bad_1 = 'x': unrecognized configuration parameter",
                        "2998 more");
    }

    @Test
    void noMoreThanAreToldAreNotCounted() {
        assertThat(FileErrors.firstInSettings(List.of()).words()).isEmpty();
        assertThat(FileErrors.first("SELECT 1 AS error"))
                .isEqualTo("SELECT e.*, count(*) OVER () AS errors FROM (SELECT 1 AS error) e LIMIT 100");
    }

    @Test
    void anHbaFileThatTheServerCannotOpenIsAnErrorOfItNotOfTheLook() {
        String said = "could not open configuration file \"/data01/pg/pg_hba.conf\": Permission denied";

        assertThat(LocalSql.fileFailure(failure("42501", said))).contains(said);
        assertThat(LocalSql.fileFailure(failure("58P01", said))).contains(said);
        assertThat(LocalSql.fileFailure(failure("57014", "canceling statement due to statement timeout")))
                .isEmpty();
    }

    @Test
    void aFileThatCannotBeOpenedIsNamedWhoeverIncludesIt() {
        assertThat(FileError.ofNoFile("could not open configuration file \"" + FILE + "\": Permission denied"))
                .returns(Optional.of(FILE), FileError::unopened);
        assertThat(FileError.ofSetting(row(FILE, "3", null, null, "could not open file \"/data01/pg/more.conf\"")))
                .returns(Optional.of("/data01/pg/more.conf"), FileError::unopened)
                .returns(Optional.of(FILE), FileError::file);
        assertThat(FileError.ofSetting(row(FILE, "3", null, null, "syntax error")))
                .returns(Optional.empty(), FileError::unopened);
    }

    @Test
    void anErrorIsAboutTheFileThatHasItAndTheOneThatCannotBeOpened() {
        FileError included =
                FileError.ofSetting(row(FILE, "9", null, null, "could not open file \"/data01/pg/pgherder.conf\""));

        assertThat(included.isAbout("pgherder.conf")).isTrue();
        assertThat(included.isAbout("postgresql.conf")).isTrue();
        assertThat(included.isAbout("postgresql.auto.conf")).isFalse();
        assertThat(FileError.ofSetting(row("/data01/pg/my_pgherder.conf", "9", null, null, "syntax error"))
                        .isAbout("pgherder.conf"))
                .isFalse();
    }

    @Test
    void namesOfSettingsAreToldApartInWhateverCase() {
        FileError error = FileError.ofSetting(row(FILE, "9", "Work_Mem", "much", "invalid value"));

        assertThat(error.isOfSetting(List.of("port", "work_mem"))).isTrue();
        assertThat(error.isOfSetting(List.of("port"))).isFalse();
        assertThat(FileError.ofSetting(row(FILE, "9", null, null, "syntax error"))
                        .isOfSetting(List.of("port")))
                .isFalse();
    }

    private static List<String> words(List<Row> rows) {
        return rows.stream().map(row -> FileError.ofSetting(row).words()).toList();
    }

    private static OperationFailed failure(String state, String said) {
        PSQLException told =
                new PSQLException(new ServerErrorMessage("SERROR\0VERROR\0C" + state + "\0M" + said + "\0\0"));
        return (OperationFailed) LocalSql.failure("pg1", "SELECT 1", told);
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
