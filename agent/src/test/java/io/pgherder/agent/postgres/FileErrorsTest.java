package io.pgherder.agent.postgres;

import io.pgherder.agent.problem.OperationFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

import static org.assertj.core.api.Assertions.assertThat;

class FileErrorsTest {
    @TempDir
    private Path temp;

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

    /** A secret with a blank in it, and no quotes: the server takes its second half for an option. */
    @Test
    void aPieceOfASecretInARuleStaysOnTheHost() throws IOException {
        Path hba = Files.writeString(temp.resolve("pg_hba.conf"), """
                local all all peer
                host all all all ldap ldapserver=x ldapbindpasswd=ge heim
                host all all all reject nonsense=1
                host all all all radius radiusservers=x \\
                  radiussecrets=ge heim
                host all all all ldap ldapurl=ldap://me:ge@heim@x y
                """);
        String withheld = "the line has an error; it holds a secret too, so that PostgreSQL's words are not shown:"
                + " SELECT error FROM pg_hba_file_rules has them";
        String option = "authentication option not in name=value format: heim";

        assertThat(hbaWords(hba, 2, option)).isEqualTo(hba + ":2: " + withheld);
        assertThat(hbaWords(hba, 3, "unrecognized authentication option name: \"nonsense\""))
                .isEqualTo(hba + ":3: unrecognized authentication option name: \"nonsense\"");
        assertThat(hbaWords(hba, 4, option)).isEqualTo(hba + ":4: " + withheld);
        assertThat(hbaWords(hba, 6, option)).isEqualTo(hba + ":6: " + withheld);
        assertThat(hbaWords(temp.resolve("closed"), 1, option))
                .as("nobody knows what its line holds")
                .isEqualTo(temp.resolve("closed") + ":1: " + withheld);
    }

    private static String hbaWords(Path file, int line, String error) {
        Row row =
                new Row(Map.of("sourcefile", file.toString(), "sourceline", "" + line, "error", error, "errors", "1"));
        return String.join("\n", FileErrors.firstInHba(List.of(row)).words());
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
        assertThat(LocalSql.fileFailure(failure("42501", "permission denied for view pg_hba_file_rules\0Faclchk.c")))
                .as("a role is no file")
                .isEmpty();
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
