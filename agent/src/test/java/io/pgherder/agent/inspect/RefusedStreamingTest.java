package io.pgherder.agent.inspect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RefusedStreamingTest {
    private static final String PREFIX = "2026-11-27 08:00:00.123 UTC [4711] n2 ";
    private static final String REMOVED = "could not receive data from WAL stream: ERROR:  requested WAL segment"
            + " 000000010000000000000003 has already been removed";
    private static final String STARTED =
            PREFIX + "LOG:  started streaming WAL from primary at 0/3000000 on timeline 1";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "could not connect to the primary server: connection to server at \"10.0.1.11\", port 1921 failed:"
                        + " FATAL:  no pg_hba.conf entry for replication connection from host \"10.0.1.12\", user"
                        + " \"rep\", no encryption",
                "could not connect to the primary server: FATAL:  password authentication failed for user \"rep\"",
                "could not connect to the primary server: could not connect to server: Connection refused",
                "streaming replication receiver \"n2\" could not connect to the primary server: connection to server at"
                        + " \"10.0.1.11\", port 1921 failed: Connection refused",
                "could not start WAL streaming: ERROR:  replication slot \"n2\" does not exist",
                REMOVED,
                "database system identifier differs between the primary and standby",
                "highest timeline 1 of the primary is behind recovery timeline 2",
            })
    void whatItWasRefusedWithLastIsToldInItsOwnWords(String said) {
        assertThat(lastIn(PREFIX + "FATAL:  could not start WAL streaming: ERROR:  older", PREFIX + "FATAL:  " + said))
                .contains(said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FATAL:  password authentication failed for user \"app\"",
                "FATAL:  could not connect to the primary server: missing \"=\" after \"hunter2\" in connection info string",
                "FATAL:  could not receive data from WAL stream: server closed the connection unexpectedly",
                "FATAL:  terminating walreceiver process due to administrator command",
                "ERROR:  no FATAL:  could not start WAL streaming: ERROR:  made up",
                "STATEMENT:  select 'FATAL:  could not start WAL streaming: ERROR:  made up'",
            })
    void whatIsNoRefusalOfItsUpstreamIsNotTold(String said) {
        assertThat(lastIn(PREFIX + said)).isEmpty();
    }

    @Test
    void whatCameBeforeItStreamedOrItsServerWasStartedIsOver() {
        assertThat(lastIn(PREFIX + "FATAL:  " + REMOVED, STARTED)).isEmpty();
        assertThat(lastIn(PREFIX + "FATAL:  " + REMOVED, PREFIX + "LOG:  starting PostgreSQL 15.18 on x86_64"))
                .isEmpty();
        assertThat(lastIn(STARTED, PREFIX + "FATAL:  " + REMOVED)).contains(REMOVED);
    }

    @Test
    void aPasswordIsNotTold() {
        assertThat(lastIn("FATAL:  could not connect to the primary server: FATAL:  password=hunter2"))
                .contains("could not connect to the primary server: FATAL:  password=****");
    }

    @Test
    void onlyTheEndOfALogIsRead(@TempDir Path directory) throws IOException {
        String others = (PREFIX + "LOG:  checkpoint starting: time\n").repeat(2_000);
        Path log = directory.resolve("postgresql.log");

        Files.writeString(log, PREFIX + "FATAL:  " + REMOVED + "\n" + others);
        assertThat(RefusedStreaming.of(directory, Optional.of("postgresql.log")))
                .isEmpty();

        Files.writeString(log, others + PREFIX + "FATAL:  " + REMOVED + "\n");
        assertThat(RefusedStreaming.of(directory, Optional.of("postgresql.log")))
                .contains(REMOVED);
    }

    @Test
    void whereThereIsNoLogNothingIsTold(@TempDir Path directory) {
        assertThat(RefusedStreaming.of(directory, Optional.of("log/none.log"))).isEmpty();
        assertThat(RefusedStreaming.of(directory, Optional.empty())).isEmpty();
    }

    private static Optional<String> lastIn(String... lines) {
        return RefusedStreaming.lastIn(List.of(lines));
    }
}
