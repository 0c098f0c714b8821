package io.pgherder.agent.postgres;

import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.system.CommandResult;
import io.pgherder.agent.system.CommandRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ConfigDirectoryCheckTest {
    private static final Installation PG15 = new Installation(15, "15.18", Path.of("/pg/bin"));
    private static final Path DATA = Path.of("/d/main");

    private final List<String> commands = new ArrayList<>();
    private final Map<String, String> answers = new HashMap<>(Map.of(
            "data_directory", "/d/main",
            "hba_file", "/e/main/pg_hba.conf",
            "ident_file", "/e/main/pg_ident.conf"));

    @Test
    void filesThatNameOneAnotherAreFine() {
        assertThatCode(() -> check(Optional.of(Path.of("/e/main")), DATA)).doesNotThrowAnyException();

        assertThat(commands)
                .containsExactly(
                        "/pg/bin/postgres -D /d/main -c config_file=/e/main/postgresql.conf -C data_directory",
                        "/pg/bin/postgres -D /d/main -c config_file=/e/main/postgresql.conf -C hba_file",
                        "/pg/bin/postgres -D /d/main -c config_file=/e/main/postgresql.conf -C ident_file");
    }

    @Test
    void whereNoDataDirectoryIsNamedThatOfTheStartIs() {
        answers.put("data_directory", "/d/main.staging");

        assertThatCode(() -> check(Optional.of(Path.of("/e/main")), Path.of("/d/main.staging")))
                .doesNotThrowAnyException();
    }

    @Test
    void aServerThatWouldStartOnOtherDataIsNotStarted() {
        answers.put("data_directory", "/d/other");

        assertThatThrownBy(() -> check(Optional.of(Path.of("/e/main")), DATA))
                .isInstanceOfSatisfying(OperationFailed.class, failed -> {
                    assertThat(failed).hasMessage("POSTGRES-015 pg1 would not use /d/main");
                    assertThat(failed.problem().details())
                            .containsExactly("with /e/main/postgresql.conf it would take data_directory = '/d/other'");
                    assertThat(failed.problem().hint())
                            .isEqualTo("write  data_directory = '/d/main'  into /e/main/postgresql.conf");
                });
    }

    @Test
    void pgHbaConfInTheDataDirectoryIsNotTheOneBesidePostgresqlConf() {
        answers.put("hba_file", "/d/main/pg_hba.conf");

        assertThatThrownBy(() -> check(Optional.of(Path.of("/e/main")), DATA))
                .isInstanceOfSatisfying(
                        OperationFailed.class,
                        failed -> assertThat(failed.problem().hint())
                                .isEqualTo("write  hba_file = '/e/main/pg_hba.conf'  into /e/main/postgresql.conf"));
    }

    @Test
    void anInstanceWithItsConfigurationInItsDataDirectoryIsNotAsked() {
        check(Optional.empty(), DATA);

        assertThat(commands).isEmpty();
    }

    private void check(Optional<Path> configDir, Path startedIn) {
        InstancePlace place = new InstancePlace(
                "orders", "pg1", 15, Optional.empty(), DATA, Optional.empty(), configDir, 5432, "postgres");
        CommandRunner runner = (command, listener, cancellation) -> {
            commands.add(command.toString());
            String asked = command.arguments().get(command.arguments().size() - 1);
            return new CommandResult(0, false, answers.get(asked) + "\n", List.of());
        };
        new ConfigDirectoryCheck(runner).requireOwn(PG15, place, startedIn);
    }
}
