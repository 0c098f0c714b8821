package io.pgherder.controller.drift;

import io.pgherder.controller.observation.InstanceState.ConfigFile;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ManagedFileTest {
    @Test
    void linesAreReadAsPostgresqlReadsThem() {
        ManagedFile file = managed(
                "work_mem = '4MB'",
                "max_connections = 60   # of all nodes",
                "log_line_prefix = '%m [%p] ''%a'' '",
                "shared_buffers 64MB",
                "cluster_name'pg1'",
                "= nonsense");

        assertThat(file.values())
                .containsEntry("work_mem", "4MB")
                .containsEntry("max_connections", "60")
                .containsEntry("log_line_prefix", "%m [%p] '%a' ")
                .containsEntry("shared_buffers", "64MB")
                .containsEntry("cluster_name", "pg1")
                .hasSize(5);
        assertThat(file.strange()).containsExactly("= nonsense");
    }

    @Test
    void escapesAreReadAsPostgresqlReadsThem() {
        ManagedFile file =
                managed("a.a = 'it''s a \\'b\\' \\\\ \\101\\60 \\t\\n'", "a.b = '\\303\\251'", "a.c = '\\q'");

        assertThat(file.values())
                .containsEntry("a.a", "it's a 'b' \\ A0 \t\n")
                .containsEntry("a.b", "é")
                .containsEntry("a.c", "q");
    }

    @Test
    void anUnquotedNothingIsNoValue() {
        ManagedFile file =
                managed("primary_slot_name =", "work_mem = # 4MB", "port", "cluster_name=", "archive_command = ''");

        assertThat(file.strange()).containsExactly("primary_slot_name =", "work_mem = # 4MB", "port", "cluster_name=");
        assertThat(file.values()).containsOnlyKeys("archive_command");
    }

    @Test
    void aNameThatPostgresqlDoesNotReadIsNoSetting() {
        ManagedFile file = managed("my.ext$x = '1'", "a.b.c = '1'", "pg_stat_statements.max = '1'", "my.größe = '1'");

        assertThat(file.strange()).containsExactly("my.ext$x = '1'", "a.b.c = '1'");
        assertThat(file.values()).containsOnlyKeys("pg_stat_statements.max", "my.größe");
    }

    @Test
    void theUpstreamIsFoundInsideTheQuotedConnectionString() {
        ManagedFile file = managed(
                "primary_conninfo = 'host=10.0.1.11 port=1921 user=''the rep'' passfile=''/var/lib/x'' application_name=pg1922'");

        assertThat(file.upstream().flatMap(Conninfo::host)).contains("10.0.1.11");
        assertThat(file.upstream().flatMap(Conninfo::port)).contains(1921);
        assertThat(file.upstream().orElseThrow().parameters()).containsEntry("user", "the rep");
    }

    @Test
    void anEmptyConnectionStringIsNoUpstream() {
        assertThat(managed("primary_conninfo = ''").upstream()).isEmpty();
    }

    @Test
    void amongLinesThatWereNotToldThereMayBeOneThatIsNoSetting() {
        ConfigFile file = new ConfigFile("pgherder.conf", List.of("work_mem = '4MB'"), 30, true, Instant.EPOCH, false);

        assertThat(ManagedFile.of(file).strange()).containsExactly("(and 30 more lines)");
    }

    @Test
    void aValueMayBeLong() {
        String names = "x".repeat(200_000);

        assertThat(managed("synchronous_standby_names = '" + names + "'").value("synchronous_standby_names"))
                .contains(names);
    }

    private static ManagedFile managed(String... lines) {
        return ManagedFile.of(new ConfigFile("pgherder.conf", List.of(lines), 0, true, Instant.EPOCH, false));
    }
}
