package io.pgherder.agent.inspect;

import io.pgherder.agent.problem.AgentProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ConfigFileInspectionTest {
    private final List<AgentProblem> problems = new ArrayList<>();

    @TempDir
    private Path dataDir;

    @Test
    void managedSettingsThatAreIncludedLastAreInUse() throws IOException {
        Files.writeString(
                dataDir.resolve("pgherder.conf"), "# managed by pgherder\n\nport = 1921\ncluster_name = 'pg1921'\n");
        Files.writeString(
                dataDir.resolve("postgresql.conf"), "max_connections = 10\ninclude 'pgherder.conf'\n# the end\n");

        assertThat(inspection().managedSettings())
                .contains(new ConfigFile(
                        dataDir.resolve("pgherder.conf"), List.of("port = 1921", "cluster_name = 'pg1921'"), true));
    }

    @Test
    void aSettingAfterTheIncludeWouldOverrideIt() throws IOException {
        Files.writeString(dataDir.resolve("pgherder.conf"), "port = 1921\n");
        Files.writeString(dataDir.resolve("postgresql.conf"), "include 'pgherder.conf'\nport = 5432\n");

        assertThat(inspection().managedSettings().orElseThrow().inUse()).isFalse();
    }

    @Test
    void aPasswordNeverLeavesTheHost() throws IOException {
        Files.writeString(dataDir.resolve("pgherder.conf"), """
                primary_conninfo = 'host=db1 password=s3cret port=1921'
                a.b = 'host=db1 password=''s3 cr''''et'' port=1921'
                """);

        assertThat(inspection().managedSettings().orElseThrow().lines())
                .containsExactly(
                        "primary_conninfo = 'host=db1 password=**** port=1921'",
                        "a.b = 'host=db1 password=**** port=1921'");
    }

    @Test
    void theHbaFileOfTheDirectoryIsNotInUseWhenTheServerReadsAnother() throws IOException {
        Files.writeString(dataDir.resolve("pg_hba.conf"), "# mine\nlocal all postgres peer\n");

        assertThat(inspection().hba(Optional.of(Path.of("/etc/postgresql/15/main/pg_hba.conf"))))
                .contains(new ConfigFile(dataDir.resolve("pg_hba.conf"), List.of("local all postgres peer"), false));
    }

    @Test
    void whatIsNotThereIsAbsentAndNoProblem() {
        assertThat(inspection().managedSettings()).isEmpty();
        assertThat(inspection().hba(Optional.empty())).isEmpty();
        assertThat(problems).isEmpty();
    }

    private ConfigFileInspection inspection() {
        return new ConfigFileInspection(dataDir, problems::add);
    }
}
