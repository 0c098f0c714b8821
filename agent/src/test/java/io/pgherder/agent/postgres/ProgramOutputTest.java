package io.pgherder.agent.postgres;

import io.pgherder.agent.postgres.PgBaseBackup.Advance;
import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.system.CommandResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class ProgramOutputTest {
    private static final Installation PG15 = new Installation(15, "15.18", Path.of("/usr/lib/postgresql/15/bin"));

    @Test
    void baseBackupNeverGetsAPasswordOnItsCommandLine() {
        PgBaseBackup.Options options = new PgBaseBackup.Options(
                Path.of("/d/pg.pgherder-staging"),
                Optional.of(Path.of("/w/pg.pgherder-staging")),
                "host=db1 port=1921 user=rep",
                Path.of("/state/passfile"),
                Optional.of("pg1922"),
                Optional.of("50M"),
                true,
                false);

        assertThat(PgBaseBackup.command(PG15, options).arguments())
                .containsExactly(
                        "/usr/lib/postgresql/15/bin/pg_basebackup",
                        "--pgdata=/d/pg.pgherder-staging",
                        "--format=plain",
                        "--wal-method=stream",
                        "--checkpoint=fast",
                        "--dbname=host=db1 port=1921 user=rep",
                        "--no-password",
                        "--progress",
                        "--verbose",
                        "--waldir=/w/pg.pgherder-staging",
                        "--slot=pg1922",
                        "--max-rate=50M",
                        "--no-sync");
        assertThat(PgBaseBackup.command(PG15, options).environment()).containsEntry("PGPASSFILE", "/state/passfile");
    }

    @Test
    void initdbGetsWhatWasDeclaredAndNothingElse() {
        InitDb.Options options = new InitDb.Options("postgres", "UTF8", "", true, true);

        assertThat(InitDb.command(PG15, Path.of("/d/pg"), Optional.empty(), options)
                        .arguments())
                .containsExactly(
                        "/usr/lib/postgresql/15/bin/initdb",
                        "--pgdata=/d/pg",
                        "--username=postgres",
                        "--auth-local=peer",
                        "--auth-host=scram-sha-256",
                        "--lc-messages=C",
                        "--encoding=UTF8",
                        "--data-checksums");
    }

    @Test
    void checksumsAreDeclinedWhereInitdbWouldComputeThem() {
        InitDb.Options without = new InitDb.Options("postgres", "", "", false, true);
        Installation pg18 = new Installation(18, "18.1", Path.of("/usr/lib/postgresql/18/bin"));

        assertThat(InitDb.command(pg18, Path.of("/d/pg"), Optional.empty(), without)
                        .arguments())
                .endsWith("--no-data-checksums");
        assertThat(InitDb.command(PG15, Path.of("/d/pg"), Optional.empty(), without)
                        .arguments())
                .noneMatch(argument -> argument.contains("checksums"));
    }

    @Test
    void wordsOfABaseBackupBecomeProgress() {
        assertThat(PgBaseBackup.advance("pg_basebackup: initiating base backup, waiting for checkpoint to complete"))
                .contains(new Advance.Phase("waiting for the checkpoint"));
        assertThat(PgBaseBackup.advance(" 8061/22949 kB (35%), 0/1 tablespace (/d/pg.pgherder-stag/base/1/2619)"))
                .contains(new Advance.Copied(8061 * 1024L, 22949 * 1024L, 1));
        assertThat(PgBaseBackup.advance("22949/22949 kB (100%), 3/3 tablespaces"))
                .contains(new Advance.Copied(22949 * 1024L, 22949 * 1024L, 3));
        assertThat(PgBaseBackup.advance("pg_basebackup: waiting for background process to finish streaming ..."))
                .contains(new Advance.Phase("receiving the last WAL"));
        assertThat(PgBaseBackup.advance("pg_basebackup: starting background WAL receiver"))
                .isEmpty();
    }

    @Test
    void controlFileIsUnderstood() {
        ControlData control = PgControlData.parse("""
                pg_control version number:            1300
                Catalog version number:               202209061
                Database system identifier:           17421903344718816021
                Database cluster state:               in production
                Latest checkpoint location:           0/5F2A1C8
                Latest checkpoint's REDO location:    0/5F2A190
                Latest checkpoint's REDO WAL file:    000000030000000000000005
                Latest checkpoint's TimeLineID:       3
                Minimum recovery ending location:     0/0
                Min recovery ending loc's timeline:   0
                wal_log_hints setting:                on
                max_connections setting:              60
                max_worker_processes setting:         8
                max_wal_senders setting:              12
                max_prepared_xacts setting:           0
                max_locks_per_xact setting:           64
                Data page checksum version:           1
                """);

        assertThat(control)
                .isEqualTo(new ControlData(
                        "17421903344718816021",
                        "in production",
                        3,
                        "0/5F2A1C8",
                        "0/5F2A190",
                        "0/0",
                        true,
                        true,
                        202209061,
                        Map.of(
                                "max_connections", 60,
                                "max_worker_processes", 8,
                                "max_wal_senders", 12,
                                "max_prepared_transactions", 0,
                                "max_locks_per_transaction", 64)));
    }

    @Test
    void controlFileWithABadChecksumIsNotBelieved() {
        String old = "WARNING: Calculated CRC checksum does not match value stored in file.\n";
        String warning = "pg_controldata: warning: calculated CRC checksum does not match value stored in control file";

        for (CommandResult result : List.of(
                new CommandResult(0, false, old, List.of()), new CommandResult(0, false, "", List.of(warning)))) {
            PgControlData program = new PgControlData((command, listener, cancellation) -> result);

            assertThatThrownBy(() -> program.read(PG15, Path.of("/d/pg")))
                    .isInstanceOf(OperationFailed.class)
                    .hasMessage(
                            "POSTGRES-008 the control file of /d/pg is damaged, or of another PostgreSQL than 15.18");
        }
    }

    @Test
    void stoppedStandbyThatCrossedToALaterTimelineIsOnIt() {
        ControlData control = PgControlData.parse("""
                Catalog version number:               202209061
                Database system identifier:           17421903344718816021
                Database cluster state:               shut down in recovery
                Latest checkpoint location:           0/5F2A1C8
                Latest checkpoint's REDO location:    0/5F2A190
                Latest checkpoint's TimeLineID:       3
                Minimum recovery ending location:     0/6000110
                Min recovery ending loc's timeline:   4
                wal_log_hints setting:                on
                max_connections setting:              60
                max_worker_processes setting:         8
                max_wal_senders setting:              12
                max_prepared_xacts setting:           0
                max_locks_per_xact setting:           64
                Data page checksum version:           1
                """);

        assertThat(control.timeline()).isEqualTo(4);
    }

    @Test
    void onlyAReadyServerAcceptsConnections() {
        PostmasterPid ready = new PostmasterPid(1, Path.of("/d/pg"), 1921, Optional.empty(), "ready");
        PostmasterPid standby = new PostmasterPid(1, Path.of("/d/pg"), 1921, Optional.empty(), "standby");

        assertThat(ready.isAccepting()).isTrue();
        assertThat(standby.isAccepting()).isFalse();
    }

    @Test
    void postmasterPidIsUnderstoodFromItsFirstLineOn() {
        Path dataDir = Path.of("/d/pg");

        assertThat(PostmasterPid.parse(dataDir, List.of())).isEmpty();
        assertThat(PostmasterPid.parse(dataDir, List.of("4711", "/d/pg", "1764000000")))
                .contains(new PostmasterPid(4711, dataDir, 0, Optional.empty(), ""));
        assertThat(PostmasterPid.parse(
                        dataDir,
                        List.of("4711", "/d/pg", "1764000000", "1921", "/tmp", "127.0.0.1", "  1  2", "standby ")))
                .contains(new PostmasterPid(4711, dataDir, 1921, Optional.of(Path.of("/tmp")), "standby"));
    }

    @Test
    void postmasterPidWithAPathInAnotherEncodingIsUnderstood(@TempDir Path dataDir) throws IOException {
        Files.write(
                dataDir.resolve("postmaster.pid"),
                "4711\n/d/Z\u00fcrich\n1764000000\n1921\n\n*\n1 2\nready\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(PostmasterPid.read(dataDir))
                .contains(new PostmasterPid(4711, dataDir, 1921, Optional.empty(), "ready"));
    }

    @Test
    void pidOfAProcessThatWorksElsewhereIsALeftover() {
        PostmasterPid leftover =
                new PostmasterPid(ProcessHandle.current().pid(), Path.of("/d/pg"), 1921, Optional.empty(), "ready");

        assertThat(leftover.isLive()).isFalse();
    }

    @Test
    void verifierMatchesItsPasswordAndNoOther() {
        // The example of RFC 7677, section 3, in PostgreSQL's form.
        String verifier = "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY="
                + ":wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=";

        assertThat(ScramVerifier.matches(verifier, "pencil")).isTrue();
        assertThat(ScramVerifier.matches(verifier, "pen")).isFalse();
        assertThat(ScramVerifier.matches("md5abcdef", "pencil")).isFalse();
    }

    @Test
    void passwordThatIsNotPlainAsciiIsPreparedAsTheServerDoes() {
        // What PostgreSQL 15 stored of it: a ligature, a space that does not break, a digit in a circle.
        String verifier = "SCRAM-SHA-256$4096:fHvxJ3ovXWetSnYE7iAxNQ==$qQVvkppBOhHEguqbrSpi+8we7f7fPA19o5zjyVuHeRU="
                + ":L65+YlmzP6cLnH3orXMhXdlgZt4C4noJclEkXQinHlg=";

        assertThat(ScramVerifier.matches(verifier, "\uFB01sh\u00A0\u2460")).isTrue();
        assertThat(ScramVerifier.matches(verifier, "fish 1")).isTrue();
        assertThat(ScramVerifier.matches(verifier, "fish 2")).isFalse();
    }
}
