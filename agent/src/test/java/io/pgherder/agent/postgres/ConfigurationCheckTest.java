package io.pgherder.agent.postgres;

import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.system.CommandResult;
import io.pgherder.agent.system.CommandRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class ConfigurationCheckTest {
    private static final Installation PG15 = new Installation(15, "15.18", Path.of("/pg/bin"));
    private static final Path DATA = Path.of("/d/pg");
    private static final InstancePlace PLACE = new InstancePlace(
            "t5", "pg1921", 15, Optional.empty(), DATA, Optional.empty(), Optional.empty(), 1921, "postgres");

    private final List<String> commands = new ArrayList<>();

    @Test
    void filesThatAServerCanReadAreFine() {
        new ConfigurationCheck(ending(0)).requireStartable(PG15, PLACE);

        assertThat(commands).containsExactly("/pg/bin/postgres -D /d/pg -C port");
    }

    @Test
    void valueThatAServerCannotHaveIsNamedInItsOwnWords() {
        CommandRunner runner = ending(1, "LOG:  invalid value for parameter \"max_connections\": \"many\"");

        assertThatThrownBy(() -> new ConfigurationCheck(runner).requireStartable(PG15, PLACE))
                .isInstanceOfSatisfying(OperationFailed.class, failed -> {
                    assertThat(failed)
                            .hasMessage(
                                    "POSTGRES-010 pg1921 would not start with its settings as they are in its files");
                    assertThat(failed.problem().details()).containsExactly("postgres exited with 1");
                    assertThat(failed.problem().toolOutput())
                            .containsExactly("LOG:  invalid value for parameter \"max_connections\": \"many\"");
                });
    }

    @Test
    void objectionsAreTheWordsThatARunningServerKeepsForItsLog() {
        CommandRunner runner = ending(
                1,
                "2026-11-26 23:26:20.250 GMT [18938] LOG:  skipping missing configuration file \"/s/postgresql.auto.conf\"",
                "2026-11-26 23:26:20.250 GMT [18938] LOG:  1 kB is outside the valid range for parameter \"work_mem\" (64 .. 2147483647)",
                "2026-11-26 23:26:20.250 GMT [18938] LOG:  invalid value for parameter \"wal_level\": \"logicl\"",
                "2026-11-26 23:26:20.250 GMT [18938] HINT:  Available values: minimal, replica, logical.",
                "2026-11-26 23:26:20.250 GMT [18938] LOG:  unrecognized configuration parameter \"x\" in file \"/s/trial\" line 3",
                "2026-11-26 23:26:20.250 GMT [18938] FATAL:  configuration file \"/s/trial\" contains errors");

        assertThat(new ConfigurationCheck(runner).objectionsTo(Path.of("/s/trial"), PG15))
                .containsExactly(
                        "1 kB is outside the valid range for parameter \"work_mem\" (64 .. 2147483647)",
                        "invalid value for parameter \"wal_level\": \"logicl\"",
                        "  Available values: minimal, replica, logical.",
                        "unrecognized configuration parameter \"x\"");
        assertThat(commands)
                .containsExactly("/pg/bin/postgres -D /s -c config_file=/s/trial -c log_min_messages=warning"
                        + " -c log_error_verbosity=default -c lc_messages=C -C port");
    }

    @Test
    void whatKeepsAStoppedInstanceFromReadingItsFilesIsToldWithItsPlaces() {
        CommandRunner runner = ending(
                1,
                "2026-11-26 23:26:20.250 GMT [18938] LOG:  unrecognized configuration parameter \"x\" in file \"/d/pg/postgresql.conf\" line 3",
                "2026-11-26 23:26:20.250 GMT [18938] LOG:  syntax error in file \"/d/pg/postgresql.conf\" line 4, near token \"geheim\"",
                "2026-11-26 23:26:20.250 GMT [18938] LOG:  invalid value for parameter \"x.token\": \"geheim\"",
                "2026-11-26 23:26:20.250 GMT [18938] HINT:  Available values: minimal, replica, logical.",
                "2026-11-26 23:26:20.250 GMT [18938] LOG:  could not open configuration file \"/d/pg/site.conf\": No such file or directory",
                "2026-11-26 23:26:20.250 GMT [18938] FATAL:  configuration file \"/d/pg/postgresql.conf\" contains errors");

        FileErrors errors = new ConfigurationCheck(runner).errors(PG15, PLACE);

        assertThat(errors.words())
                .containsExactly(
                        "/d/pg/postgresql.conf:3: unrecognized configuration parameter \"x\"",
                        "/d/pg/postgresql.conf:4: syntax error",
                        "invalid value for parameter \"x.token\": \"****\"",
                        "could not open configuration file \"/d/pg/site.conf\": No such file or directory");
        assertThat(errors.told())
                .extracting(FileError::setting)
                .containsExactly(Optional.of("x"), Optional.empty(), Optional.of("x.token"), Optional.empty());
        assertThat(errors.told().get(3).unopened()).contains("/d/pg/site.conf");
        assertThat(new ConfigurationCheck(ending(0)).errors(PG15, PLACE)).isEqualTo(FileErrors.NONE);
    }

    @Test
    void aProgramThatWasKilledHasTriedNothing() {
        assertThat(new ConfigurationCheck(ending(137)).objectionsTo(Path.of("/s/trial"), PG15))
                .containsExactly("postgres exited with 137");
    }

    @Test
    void whatTheProgramTakesMeetsNoObjection() {
        assertThat(new ConfigurationCheck(ending(0)).objectionsTo(Path.of("/s/trial"), PG15))
                .isEmpty();
    }

    private CommandRunner ending(int exitCode, String... lastErrorLines) {
        return (command, listener, cancellation) -> {
            commands.add(command.toString());
            return new CommandResult(exitCode, false, "", List.of(lastErrorLines));
        };
    }
}
