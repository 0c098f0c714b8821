package io.pgherder.agent.operation;

import io.pgherder.agent.configfile.ManagedSettings;
import io.pgherder.agent.postgres.InstancePlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What is wrong with new settings, before they stand anywhere. */
class SettingsTrialTest {
    @TempDir
    Path temp;

    private OperationFixture fixture;
    private InstancePlace place;

    @BeforeEach
    void makeInstance() throws IOException {
        fixture = new OperationFixture(temp);
        place = fixture.place("pg1921", 1921);
        Files.createDirectories(place.dataDir());
    }

    private List<String> objections(Map<String, String> settings) {
        return new SettingsTrial(fixture.host, place).objections(ManagedSettings.of("t5", settings));
    }

    @Test
    void theProgramReadsTheSettingsByThemselvesAndNothingStaysOfThat() {
        Path trial = fixture.host.files(place).trialSettings().path();
        fixture.programs.when("postgres", command -> {
            if (!command.toString().contains("config_file=" + trial)) {
                return FakeCommandRunner.succeeds("postgres (PostgreSQL) 15.18\n");
            }
            assertThat(trial).content().endsWith("work_mem = '1kB'\n");
            return FakeCommandRunner.fails(
                    "LOG:  1 kB is outside the valid range for parameter \"work_mem\" (64 .. 2147483647)",
                    "FATAL:  configuration file \"" + trial + "\" contains errors");
        });

        assertThat(objections(Map.of("work_mem", "1kB")))
                .containsExactly("1 kB is outside the valid range for parameter \"work_mem\" (64 .. 2147483647)");
        assertThat(trial).doesNotExist();
    }

    @Test
    void theWalHasToHoldTwoOfItsFiles() {
        fixture.programs.when("pg_controldata", command -> FakeCommandRunner.succeeds("""
                Bytes per WAL segment:                67108864
                """));
        fixture.programs.when(
                "postgres",
                command -> FakeCommandRunner.succeeds(
                        command.toString().endsWith("-C min_wal_size")
                                ? "191\n"
                                : command.toString().endsWith("-C max_wal_size")
                                        ? "127\n"
                                        : "postgres (PostgreSQL) 15.18\n"));

        assertThat(objections(Map.of("min_wal_size", "191MB", "max_wal_size", "127MB")))
                .containsExactly(
                        "\"max_wal_size\" must be at least twice \"wal_segment_size\", 128MB here, and is 127MB");
    }

    @Test
    void notAllConnectionsCanBeReserved() {
        fixture.programs.when(
                "postgres",
                command -> FakeCommandRunner.succeeds(
                        command.toString().endsWith("-C superuser_reserved_connections")
                                ? "60\n"
                                : command.toString().endsWith("-C max_connections")
                                        ? "60\n"
                                        : "postgres (PostgreSQL) 15.18\n"));

        assertThat(objections(Map.of("superuser_reserved_connections", "60")))
                .containsExactly("superuser_reserved_connections (60) must be less than max_connections (60)");
        assertThat(fixture.programs.commands)
                .as("what is not among them the files of the instance say")
                .anyMatch(command -> command.toString().endsWith(place.dataDir() + " -C max_connections"));
    }

    @Test
    void certificatesHaveToBeThereAndTheKeyClosed() throws IOException {
        Map<String, String> ssl = Map.of("ssl", "on", "ssl_cert_file", "my.crt", "ssl_key_file", "my.key");
        Path key = place.dataDir().resolve("my.key");

        assertThat(objections(ssl))
                .containsExactly(
                        "ssl = 'on', and " + place.dataDir() + "/my.crt is not there",
                        "ssl = 'on', and " + key + " is not there");

        Files.writeString(place.dataDir().resolve("my.crt"), "");
        Files.writeString(key, "");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(objections(ssl))
                .containsExactly("ssl = 'on', and " + key + " is open to others: PostgreSQL wants mode 0600");

        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        assertThat(objections(ssl)).isEmpty();
        assertThat(objections(Map.of("ssl", "off", "ssl_cert_file", "nowhere.crt")))
                .isEmpty();
    }

    @Test
    void theAgentsOwnWayInStaysOpen() {
        assertThat(objections(Map.of("unix_socket_permissions", "0000")))
                .containsExactly(
                        "unix_socket_permissions = '0000' would lock out the agent, whose way in is that socket");
        assertThat(objections(Map.of("unix_socket_permissions", "0700"))).isEmpty();
    }
}
