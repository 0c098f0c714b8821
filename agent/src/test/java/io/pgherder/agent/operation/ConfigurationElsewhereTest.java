package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.system.Command;
import io.pgherder.agent.system.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** New instances of which the configuration is not in the data directory, or was not in that of their source. */
class ConfigurationElsewhereTest {
    @TempDir
    Path temp;

    private OperationFixture fixture;
    private Path etc;
    private InstancePlace inside;
    private InstancePlace place;

    @BeforeEach
    void makeHost() throws IOException {
        fixture = new OperationFixture(temp);
        inside = fixture.place("pg1922", 1922);
        etc = Files.createDirectory(fixture.temp.resolve("data/etc"));
        place = OperationFixture.withConfigDir(inside, etc);
        fixture.programs.when("postgres", this::postgres);
        fixture.programs.when("pg_basebackup", FakeCommandRunner::fillsDirectories);
    }

    @Test
    void standbyThatLostItsDataGetsItAgainBesideTheConfigurationThatItHas() throws IOException {
        Files.writeString(etc.resolve("postgresql.conf"), "max_connections = 300\n");
        Files.writeString(etc.resolve("pg_hba.conf"), "host all all samenet scram-sha-256\n");
        Files.setPosixFilePermissions(etc, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(clone(place, Optional.empty()).run(fixture.context())).isEqualTo("cloned from pg1921, 0 MB");

        assertThat(etc.resolve("postgresql.conf")).hasContent("""
                        max_connections = 300
                        # What pgherder manages; being last, it wins over everything above.
                        include 'pgherder.conf'
                        """);
        assertThat(etc.resolve("pg_hba.conf")).hasContent("""
                        # The agent's own way in.
                        local all postgres peer
                        host all all samenet scram-sha-256
                        """);
        assertThat(etc.resolve("pgherder.conf")).content().contains("port = '1922'");
        assertThat(Files.getPosixFilePermissions(etc.resolve("pgherder.conf")))
                .as("not for all, as the directory is")
                .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
        for (String leftByTheCopy : List.of("postgresql.conf", "pg_hba.conf", "pg_ident.conf", "pgherder.conf")) {
            assertThat(place.dataDir().resolve(leftByTheCopy)).doesNotExist();
        }
        assertThat(place.dataDir().resolve("standby.signal")).exists();
    }

    @Test
    void withoutThatConfigurationNothingIsCopied() {
        assertThatThrownBy(() -> clone(place, Optional.empty()).run(fixture.context()))
                .isInstanceOf(OperationFailed.class)
                .hasMessage("CONFIG-001 there is no " + etc + "/postgresql.conf");

        assertThat(fixture.programs.commands)
                .noneMatch(command -> command.program().equals("pg_basebackup"));
        assertThat(place.dataDir()).doesNotExist();
        fixture.assertNothingIsStaged();
    }

    @Test
    void configurationOfOtherDataIsNotTaken() throws IOException {
        Files.writeString(etc.resolve("postgresql.conf"), "data_directory = '/d/other'\n");

        assertThatThrownBy(() -> clone(place, Optional.empty()).run(fixture.context()))
                .isInstanceOf(OperationFailed.class)
                .hasMessage("POSTGRES-015 pg1922 would not use " + place.dataDir());
        assertThat(place.dataDir()).doesNotExist();
    }

    @Test
    void copyOfANodeThatHasItsConfigurationElsewhereLetsInNobodyButTheAgent() throws IOException {
        fixture.programs.when("pg_basebackup", ConfigurationElsewhereTest::copyWithoutConfiguration);

        assertThat(clone(inside, Optional.empty()).run(fixture.context()))
                .isEqualTo(
                        "cloned from pg1921, 0 MB; pg1921 keeps its postgresql.conf elsewhere: the copy has one of its own,"
                                + " and a pg_hba.conf that lets in nobody but the agent");

        assertThat(inside.dataDir().resolve("postgresql.conf")).hasContent("""
                        # Made by pgherder: the node that this one was copied from keeps its postgresql.conf elsewhere.
                        # What pgherder manages; being last, it wins over everything above.
                        include 'pgherder.conf'
                        """);
        assertThat(inside.dataDir().resolve("pg_hba.conf")).hasContent("""
                        # The agent's own way in.
                        local all postgres peer
                        """);
        assertThat(inside.dataDir().resolve("pg_ident.conf")).isEmptyFile();
    }

    @Test
    void whereHbaIsDeclaredTheCopyHasThat() throws IOException {
        fixture.programs.when("pg_basebackup", ConfigurationElsewhereTest::copyWithoutConfiguration);

        assertThat(clone(inside, Optional.of(List.of("host all all 10.0.0.0/16 scram-sha-256")))
                        .run(fixture.context()))
                .endsWith("the copy has one of its own");
        assertThat(inside.dataDir().resolve("pg_hba.conf"))
                .content()
                .endsWith("host all all 10.0.0.0/16 scram-sha-256\n");
    }

    private static CloneStandby clone(InstancePlace place, Optional<List<String>> hba) {
        Upstream upstream = OperationFixture.upstream("pg1922");
        return new CloneStandby(
                place,
                upstream,
                new NodeConfiguration(Map.of(), "", Optional.of(upstream), hba),
                Optional.empty(),
                true);
    }

    private static CommandResult copyWithoutConfiguration(Command command) throws IOException {
        CommandResult result = FakeCommandRunner.fillsDirectories(command);
        Path data = Path.of(command.arguments().stream()
                .filter(argument -> argument.startsWith("--pgdata="))
                .findFirst()
                .orElseThrow()
                .substring("--pgdata=".length()));
        for (String name : List.of("postgresql.conf", "pg_hba.conf", "pg_ident.conf")) {
            Files.delete(data.resolve(name));
        }
        return result;
    }

    /** As Debian's postgresql.conf has it; where the data is, as it is written. */
    private CommandResult postgres(Command command) throws IOException {
        String asked = command.arguments().get(command.arguments().size() - 1);
        return FakeCommandRunner.succeeds(
                switch (asked) {
                    case "data_directory" ->
                        Files.readString(etc.resolve("postgresql.conf")).contains("/d/other")
                                ? "/d/other\n"
                                : place.dataDir() + "\n";
                    case "hba_file" -> etc + "/pg_hba.conf\n";
                    case "ident_file" -> etc + "/pg_ident.conf\n";
                    default -> "postgres (PostgreSQL) 15.18\n";
                });
    }
}
