package io.pgherder.controller.importing;

import io.pgherder.controller.observation.FoundHost;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    }

    private String text(List<FoundHost> found) {
        return new ImportedFile(directory).textOf(found);
    }
}
