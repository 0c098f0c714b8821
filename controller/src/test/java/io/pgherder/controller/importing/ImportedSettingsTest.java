package io.pgherder.controller.importing;

import io.pgherder.controller.observation.FoundHost;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Which settings of the servers stand in an imported file, with which values, and which are left where they are. */
class ImportedSettingsTest {
    @TempDir
    private Path directory;

    @Test
    void whatAFileMayNotDeclareStaysWhereItIsWithTheReadersReason() {
        Running node = new Running(1, 5432)
                .set("fsync", "off")
                .set("archive_command", "PGPASSWORD=**** copy %p")
                .set("log_line_prefix", "{node} ")
                .set("restore_command", "cp /a/%f %p")
                .set("recovery_target_name", "before")
                .onTheCommandLine("max_connections", "300");

        String text = text(Running.hosts(node));

        assertThat(text).contains("""
                settings:
                  restore_command: "cp /a/%f %p"
                # Settings that are left where they are, and why:
                # db1_5432  archive_command: **** (it may hold a password or another secret, which does not belong into this
                # file)
                # db1_5432  log_line_prefix: {node}  (it holds a word in braces that this file would fill in)
                # db1_5432  max_connections: 300 (the server was started with it on its command line, which pgherder does not
                # repeat)
                """);
        assertThat(text)
                .contains(
                        "# db1_5432  fsync: off (\"fsync\" must not be \"off\": a crash of the host would leave a damaged node)")
                .contains(
                        "# db1_5432  recovery_target_name: before (\"recovery_target_name\" cannot be declared as a setting:");
    }

    @Test
    void whatMayBeASecretIsWrittenNowhere() {
        Running node = new Running(1, 5432)
                .set("archive_command", "AWS_SECRET_ACCESS_KEY=hunter2 wal-g wal-push %p")
                .set("restore_command", "curl https://ops:hunter2@backup/%f -o %p")
                .set("ssl_passphrase_command", "echo hunter2")
                .set("pgrst.jwt_secret", "hunter2")
                .set("archive_cleanup_command", "clean --token hunter2 %r")
                .set("password_encryption", "md5")
                .hba("host all all 10.0.0.0/8 ldap ldapserver=ldap ldapbindpasswd=hunter2");

        String text = text(Running.hosts(node));

        assertThat(text)
                .doesNotContain("hunter2")
                .contains("pgrst.jwt_secret: ****")
                .contains("password_encryption: md5")
                .contains("a rule of db1_5432 may hold a password or another secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "openssl enc -aes-256-cbc -pass pass:hunter2 -in %p -out /archive/%f",
                "curl -u ops:hunter2 -T %p https://backup/%f",
                "sshpass -p hunter2 scp %p ops@backup:/archive/%f",
                "SSHPASS=hunter2 sshpass -e scp %p ops@backup:/archive/%f",
                "curl -H \"Authorization: Bearer hunter2\" -T %p https://backup/%f",
                "lftp -u ops,hunter2 -e 'put %p; quit' backup",
                "cp %p /archive/%f && curl -u ops:hunter2 https://monitor",
                "cp %p /archive/%f; curl -u ops:hunter2 https://monitor",
                "cp %p /archive/%f # hunter2",
                "cp %p /archive/%f --hunter2",
                "cp %p \"/archive/$(hunter2)\"",
                "test ! -f /archive/%f && cp %p /archive/%f\nhunter2",
                "pgbackrest --repo1-cipher-pass=hunter2 --stanza=main archive-push %p",
                "wal-g --config /etc/wal-g.yaml --walg-libsodium-key hunter2 wal-push %p",
            })
    void aShellCommandThatMayHoldASecretStaysWhereItIs(String command) {
        String text = text(Running.hosts(new Running(1, 5432)
                .set("archive_command", command)
                .set("restore_command", command)
                .set("archive_cleanup_command", command)
                .set("recovery_end_command", command)
                .set("basebackup_to_shell.command", command)));

        assertThat(text).doesNotContain("hunter2", "_command: \"").contains("""
                # Settings that are left where they are, and why:
                # db1_5432  archive_command: **** (a shell command may hold a password or another secret, which does not belong
                # into this file; declare it if this one holds none)
                # db1_5432  restore_command: **** (a shell command may hold a password or another secret, which does not belong
                # into this file; declare it if this one holds none)
                # db1_5432  archive_cleanup_command: **** (a shell command may hold a password or another secret, which does not
                # belong into this file; declare it if this one holds none)
                # db1_5432  recovery_end_command: **** (a shell command may hold a password or another secret, which does not
                # belong into this file; declare it if this one holds none)
                # db1_5432  basebackup_to_shell.command: **** (a shell command may hold a password or another secret, which does
                # not belong into this file; declare it if this one holds none)
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cp %p /archive/%f",
                "cp -i \"%p\" '/archive/%f'",
                "test ! -f /archive/%f && cp %p /archive/%f",
                "/bin/true",
                "pgbackrest --stanza=main archive-push %p",
                "/usr/bin/pgbackrest --config=/etc/pgbackrest.conf --stanza=main archive-get %f \"%p\"",
                "wal-g wal-push %p",
                "envdir /etc/wal-g.d/env /usr/local/bin/wal-g wal-fetch \"%f\" \"%p\"",
                "pg_archivecleanup -d /archive %r",
            })
    void aShellCommandThatCannotHoldASecretIsDeclared(String command) {
        String text = text(Running.hosts(new Running(1, 5432).set("archive_command", command)));

        assertThat(text).contains("\nsettings:\n  archive_command: " + Yaml.quoted(command) + "\n");
    }

    @Test
    void aShellCommandThatWasNeverLoadedIsTold() {
        assertThat(text(Running.hosts(
                        new Running(1, 5432).notLoaded("archive_cleanup_command", "", "sshpass -p hunter2 true"))))
                .contains("says '****', which was never loaded.")
                .contains("\n  archive_cleanup_command: \"\"\n")
                .doesNotContain("hunter2");
    }

    @Test
    void whatWasNeverLoadedStaysOutOfForce() {
        assertThat(text(Running.hosts(new Running(1, 5432).notLoaded("work_mem", "4MB", "64MB"))))
                .contains("""
                        settings:
                          # In force; on db1_5432 /etc/postgresql/15/main/postgresql.conf:12 says '64MB', which was never loaded. Which
                          # is meant?
                          work_mem: 4MB
                        """);
    }

    @Test
    void whatWaitsForARestartStaysOutOfForceWithBothValues() {
        assertThat(text(Running.hosts(new Running(1, 5432)
                        .awaitingRestart("max_wal_senders", "10", "12")
                        .edited("max_connections", "postmaster", "100", "80")
                        .edited("work_mem", "user", "4096", "7MB"))))
                .contains("""
                        settings:
                          # In force; on db1_5432 /etc/postgresql/15/main/postgresql.conf:9 says '80', which was never loaded, and needs
                          # a restart. Which is meant?
                          max_connections: 100
                          # In force; on db1_5432 /var/lib/postgresql/15/main/postgresql.auto.conf:4 says '12', which waits for a
                          # restart. Which is meant?
                          max_wal_senders: 10
                          # In force; on db1_5432 /etc/postgresql/15/main/postgresql.conf:9 says '7MB', which was never loaded. Which is
                          # meant?
                          work_mem: 4096
                        """);
    }

    @Test
    void whatTheServerShowsAsSomethingElseIsTakenFromTheFile() {
        String text = text(Running.hosts(new Running(1, 5432)
                .shown("archive_command", "(disabled)", "cp %p /archive/%f")
                .shown("tcp_keepalives_idle", "0", "60")
                .workedOut("wal_buffers", "4MB", "-1")));

        assertThat(text).contains("""
                settings:
                  archive_command: "cp %p /archive/%f"
                  tcp_keepalives_idle: 60
                  wal_buffers: "-1"
                """);
    }

    @Test
    void whatTheServerDoesNotShowAndNoFileSaysIsLeftWhereItIs() {
        assertThat(text(Running.hosts(new Running(1, 5432).set("archive_command", "(disabled)"))))
                .contains("""
                        # Settings that are left where they are, and why:
                        # db1_5432  archive_command: (disabled) (that is not its value, which the server does not show, and no file that
                        # was read says)
                        """)
                .doesNotContain("\n  archive_command");
    }

    @Test
    void aSecretInWhatTheServerDoesNotShowIsWrittenNowhere() {
        assertThat(text(Running.hosts(
                        new Running(1, 5432).shown("archive_command", "(disabled)", "push --token hunter2 %p"))))
                .contains("# db1_5432  archive_command: **** (it may hold a password")
                .doesNotContain("hunter2");
        assertThat(text(Running.hosts(
                        new Running(1, 5432).shown("archive_command", "(disabled)", "sshpass -p hunter2 push %p"))))
                .contains("# db1_5432  archive_command: **** (a shell command may hold a password")
                .doesNotContain("hunter2");
    }

    private String text(List<FoundHost> found) {
        return new ImportedFile(directory).textOf(found);
    }
}
