package io.pgherder.controller.pgvalue;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SecretsTest {
    @Test
    void ofAConnectionStringOnlyThePasswordIsHidden() {
        assertThat(Secrets.told("primary_conninfo", "host=db1 user=rep password=hunter2 sslpassword='a b' port=1921"))
                .isEqualTo("host=db1 user=rep password=**** sslpassword=**** port=1921");
        assertThat(Secrets.told("primary_conninfo", "host=db1 password=**** port=1921"))
                .isEqualTo("host=db1 password=**** port=1921");
        assertThat(Secrets.told("primary_conninfo", "postgresql://rep:hun/ter@2@db1:5432/"))
                .isEqualTo("postgresql://rep:****@db1:5432/");
    }

    @Test
    void ofACommandThatMayHoldOneOnlyTheProgramIsTold() {
        assertThat(Secrets.told("archive_command", "sshpass -p hunter2 push %p"))
                .isEqualTo("sshpass ****");
        assertThat(Secrets.told("restore_command", "/opt/fetch %f hunter2")).isEqualTo("/opt/fetch ****");
        assertThat(Secrets.told("archive_cleanup_command", "/opt/clean")).isEqualTo("/opt/clean");
        assertThat(Secrets.told("archive_command", "PGPASSWORD=hunter2 push %p"))
                .isEqualTo("****");
        assertThat(Secrets.told("archive_command", "\"/opt/a b\" hunter2")).isEqualTo("****");
        assertThat(Secrets.told("archive_command", "cp %p /archive/%f")).isEqualTo("cp %p /archive/%f");
    }

    @Test
    void whatIsNamedLikeOneIsHiddenAsAWhole() {
        assertThat(Secrets.told("ssl_passphrase_command", "/opt/ask")).isEqualTo("****");
        assertThat(Secrets.told("x.password", "hunter2")).isEqualTo("****");
        assertThat(Secrets.told("pgrst.jwt_secret", "")).isEmpty();
        assertThat(Secrets.told("password_encryption", "md5")).isEqualTo("md5");
    }

    @Test
    void aTextWithAnotherThanAPasswordIsHiddenAsAWhole() {
        assertThat(Secrets.told("x.options", "--token hunter2")).isEqualTo("****");
        assertThat(Secrets.told("AWS_SECRET_ACCESS_KEY=hunter2, no setting")).isEqualTo("****");
        assertThat(Secrets.told("log_line_prefix", "%m [%p] ")).isEqualTo("%m [%p] ");
    }
}
