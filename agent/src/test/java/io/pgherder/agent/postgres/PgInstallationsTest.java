package io.pgherder.agent.postgres;

import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.system.CommandResult;
import io.pgherder.agent.system.SystemProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class PgInstallationsTest {
    private static final CommandResult VERSION = new CommandResult(0, false, "postgres (PostgreSQL) 99.3\n", List.of());

    @TempDir
    Path temp;

    private Path postgres;
    private Supplier<CommandResult> answer = () -> VERSION;
    private PgInstallations installations;

    @BeforeEach
    void install() throws IOException {
        postgres = Files.createFile(temp.resolve("postgres"));
        assertThat(postgres.toFile().setExecutable(true)).isTrue();
        installations = installationsIn(temp);
    }

    private PgInstallations installationsIn(Path... binDirs) {
        return new PgInstallations(
                (command, listener, cancellation) ->
                        command.arguments().get(0).equals(postgres.toString()) ? answer.get() : VERSION,
                List.of(binDirs));
    }

    @Test
    void programThatDidNotAnswerOnceIsAskedAgain() {
        answer = () -> new CommandResult(-1, true, "", List.of());
        assertThatThrownBy(this::find)
                .isInstanceOfSatisfying(
                        OperationFailed.class,
                        failed -> assertThat(failed.problem().details())
                                .contains("cannot use " + postgres + ": postgres was ended after 5 s"));
        answer = () -> VERSION;

        assertThat(find()).isEqualTo(new Installation(99, "99.3", temp));
    }

    @Test
    void programThatCannotBeStartedHidesNoOther() throws IOException {
        Path other = Files.createDirectory(temp.resolve("other"));
        Files.copy(postgres, other.resolve("postgres"), StandardCopyOption.COPY_ATTRIBUTES);
        answer = () -> {
            throw SystemProblem.CANNOT_START_PROGRAM
                    .summary("could not start postgres")
                    .detail("error=8, Exec format error")
                    .failure();
        };
        installations = installationsIn(temp, other);

        assertThat(installations.all()).contains(new Installation(99, "99.3", other));
        assertThatThrownBy(this::find)
                .isInstanceOfSatisfying(
                        OperationFailed.class,
                        failed -> assertThat(failed.problem().details())
                                .contains("cannot use " + postgres + ": error=8, Exec format error"));
    }

    private Installation find() {
        return installations.find(99, Optional.of(temp));
    }
}
