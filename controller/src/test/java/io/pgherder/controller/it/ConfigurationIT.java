package io.pgherder.controller.it;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.pgherder.agent.configfile.AutoConf;
import io.pgherder.controller.testing.AppliedCluster;
import io.pgherder.controller.testing.Eventually;
import io.pgherder.controller.testing.PgherderCommand.Result;
import io.pgherder.controller.testing.Shell;
import io.pgherder.controller.testing.TestCluster;
import io.pgherder.controller.testing.TestedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.pgherder.controller.testing.WholeCluster.assertApplied;
import static org.assertj.core.api.Assertions.assertThat;

/** Configuration that a server cannot use: it says which line, keeps what it has, and runs on. */
class ConfigurationIT {
    @RegisterExtension
    static final AppliedCluster APPLIED = AppliedCluster.pair();

    private static final String GOOD_RULE = "  - local all all peer\n";

    private static final String LINES = """
            work_mem = 8MB
            \tWork_Mem=\t'8MB' # ours
            recovery_target'immediate'
            a.a1+5
            a.a2 -5
            a.a3 = 0x1F
            a.a4 = .5e-3
            a.a5 = word#comment
            a.a6 = tmp/x:y-z.conf
            a.a7 = b.c.d
            a.a8 = ''
            a.a9 = 'it''s a \\'b\\' \\\\ \\101\\60 \\t \\n'
            a.b1 = 5MBx
            a.b2 = 1.
            a.b3 = '\\303\\251 \\703\\251'
            a.b4 = 'a\\0b'
            Ä.ö = ü
            # work_mem = 8MB
            work_mem
            work_mem =
            work_mem == 8MB
            work_mem = 8MB 9MB
            work_mem = 1.5GB
            work_mem = 8MB'x'
            work_mem = 'x'y
            work_mem = 'open
            work_mem = "8MB"
            work_mem-5
            datestyle = iso,mdy
            log_directory = /tmp/x
            a.c1 = b.c
            a.c2 = 5e3
            a.c3 = 5-
            a.c4 = @x
            a.c5 =\f1
            a$b = 1
            a.b.c = 1
            1a = 1
            """;

    private final TestCluster cluster;
    private String topology = "";
    private String postgresConf = "";
    private long postmaster;

    ConfigurationIT(TestCluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void remember() throws IOException {
        topology = Files.readString(cluster.topologyFile());
        postgresConf = Files.readString(file("postgresql.conf"));
        postmaster = cluster.postmasterPid("n1");
    }

    @AfterEach
    void putBackAndFindNothingToDo() throws IOException {
        Files.writeString(cluster.topologyFile(), topology);
        Files.writeString(file("postgresql.conf"), postgresConf);
        cluster.sql("n1", "select pg_reload_conf()");
        assertApplied(cluster);
    }

    /** Clients do not get in with these; whoever is to set them right has to. */
    @Test
    void settingsOfEverySessionDoNotLockTheAgentsOut() {
        cluster.sql("n1", "alter system set session_preload_libraries = 'nope'");
        cluster.edit(text -> text.replace(
                "settings:\n", """
                settings:
                  default_transaction_isolation: serializable
                """ + (TestedPostgres.MAJOR_VERSION < 14 ? "" : "  idle_session_timeout: 1ms\n")));
        try {
            Result applied = cluster.pgherder("apply", "--yes").run();
            Result drift = cluster.pgherder("drift").run();

            assertThat(applied.exitCode()).as(applied.toString()).isEqualTo(3);
            assertThat(applied.stdout()).contains("Applied 4 of 4 steps", "n1 ends every session before it begins");
            assertThat(drift.toString())
                    .contains("runs, and ends every session before it begins")
                    .doesNotContain("settings.", "INSPECT-");
        } finally {
            cluster.edit(text -> topology.replace("settings:\n", "settings:\n  session_preload_libraries: ''\n"));
            assertApplied(cluster);
            cluster.edit(text -> topology);
            assertApplied(cluster);
        }
    }

    /** Of a file of its own that it cannot open a server says the same as of a library. */
    @Test
    void aClosedFileOfTheServerIsNotTakenForALibrary() throws IOException {
        Path map = cluster.dataDirectory("n2").resolve("global/pg_filenode.map");
        Set<PosixFilePermission> before = Files.getPosixFilePermissions(map);
        cluster.pgCtl("stop", "n2");
        Files.setPosixFilePermissions(map, Set.of());
        try {
            Result applied = cluster.pgherder("apply", "--yes").run();

            assertThat(applied.exitCode()).as(applied.toString()).isEqualTo(5);
            assertThat(applied.stderr())
                    .contains("global/pg_filenode.map", "Permission denied", "is that a file? The server")
                    .doesNotContain("START-010", "preload_libraries");
        } finally {
            Files.setPosixFilePermissions(map, before);
            assertThat(cluster.pgherder("apply", "--yes").run().exitCode()).isZero();
        }
    }

    /** A server with a broken one takes none of its maps, and with one of them the agent's way in. */
    @Test
    void aBrokenPgIdentIsToldBeforeAnythingIsStopped() throws IOException {
        TestedPostgres.assumeAtLeast(15, "servers tell of pg_ident.conf");
        String before = Files.readString(file("pg_ident.conf"));
        Files.writeString(file("pg_ident.conf"), before + "only two\n");
        cluster.edit(text -> text.replace("max_connections: 30", "max_connections: 31"));
        try {
            Result applied = cluster.pgherder("apply", "--yes").run();

            assertThat(applied.exitCode()).as(applied.toString()).isEqualTo(5);
            assertThat(applied.stderr()).contains("CONFIG-005", file("pg_ident.conf") + ":", "missing entry");
            assertThat(cluster.postmasterPid("n1")).as("never stopped").isEqualTo(postmaster);
        } finally {
            Files.writeString(file("pg_ident.conf"), before);
        }
    }

    @Test
    void aRuleThatPostgresqlDoesNotUnderstand() throws IOException {
        String before = Files.readString(file("pg_hba.conf"));
        cluster.edit(text ->
                text.replace(GOOD_RULE, GOOD_RULE + "  - host all all 127.0.0.9/32 scram-sha-256 nonsense=1\n"));

        Result applied = cluster.pgherder("apply", "--yes").run();

        assertThat(applied.exitCode()).as(applied.toString()).isNotZero();
        assertThat(applied.toString()).contains("CONFIG-003").contains("nonsense");
        assertThat(file("pg_hba.conf")).hasContent(before);
    }

    @Test
    void aRuleWhereSomebodyElsesLineIsBad() throws IOException {
        String before = Files.readString(file("pg_hba.conf"));
        Files.writeString(file("postgresql.conf"), "no_such_setting = 1\n" + postgresConf);
        Result unchanged = cluster.pgherder("plan", "--detailed-exitcode").run();
        assertThat(unchanged.exitCode()).as(unchanged.toString()).isEqualTo(3);
        assertThat(unchanged.stdout()).contains("no_such_setting").doesNotContain("matches");
        cluster.edit(text -> text.replace(GOOD_RULE, GOOD_RULE + "  - host all all 127.0.0.9/32 scram-sha-256\n"));

        Result applied = cluster.pgherder("apply", "--yes").run();

        assertThat(applied.exitCode()).as(applied.toString()).isNotZero();
        assertThat(applied.toString())
                .contains("CONFIG-005")
                .contains(file("postgresql.conf") + ":1: no_such_setting = '1'")
                .doesNotContain("hanging");
        assertThat(file("pg_hba.conf")).hasContent(before);
    }

    @Test
    void aReloadSaysWhatTheServerHasFromElsewhereAllTheSame() {
        String log = "--log=" + cluster.dataDirectory("n2").resolve("by_hand.log");
        cluster.pgCtl("stop", "n2");
        cluster.pgCtl("start", "n2", log, "-o", "-c work_mem=7MB");
        try {
            Result applied = editedAndApplied("settings:\n", """
                    settings:
                      work_mem: 5MB
                      maintenance_work_mem: 65536kB
                      checkpoint_completion_target: "0.90"
                      log_checkpoints: 'yes'
                      log_statement: DDL
                      timezone: utc
                    """);

            assertThat(applied.exitCode()).as(applied.toString()).isEqualTo(3);
            assertThat(applied.stderr()).contains("reloaded; decided elsewhere all the same: work_mem (command line)");
            assertThat(applied.stderr()).doesNotContain("not in force");
            assertThat(applied.stdout()).contains("take it away there, and restart");
            assertThat(cluster.sql("n1", "show work_mem")).isEqualTo("5MB");
        } finally {
            cluster.pgCtl("stop", "n2");
            cluster.pgCtl("start", "n2", log);
        }
    }

    private Result editedAndApplied(String was, String is) {
        cluster.edit(text -> text.replace(was, is));
        return cluster.pgherder("apply", "--yes").run();
    }

    @Test
    void whatAnAlterSystemHasSetOverADeclaredSettingIsTakenAway() {
        cluster.sql("n1", "alter system set max_connections = 40");
        cluster.sql("n2", "alter system set log_statement = 'all'");
        cluster.sql("n2", "select pg_reload_conf()");
        try {
            Result applied = cluster.pgherder("apply", "--yes").run();

            assertThat(applied.exitCode()).as(applied.toString()).isZero();
            assertThat(applied.stdout())
                    .contains("ALTER SYSTEM RESET max_connections")
                    .contains("Nothing restarts; no data is deleted.");
            assertThat(cluster.sql("n1", "select pending_restart from pg_settings where name = 'max_connections'"))
                    .as("nothing waits for the next start")
                    .isEqualTo("f");
            assertThat(cluster.sql("n2", "show log_statement"))
                    .as("what is not declared is left alone")
                    .isEqualTo("all");
        } finally {
            cluster.sql("n2", "alter system reset all");
            cluster.sql("n2", "select pg_reload_conf()");
        }
    }

    @Test
    void aStandbyWhoseWayToItsUpstreamIsWrittenAnew() throws IOException {
        Path managed = cluster.dataDirectory("n2").resolve("pgherder.conf");
        Files.writeString(
                managed, Files.readString(managed).replace("application_name=", "connect_timeout=7 application_name="));
        cluster.sql("n2", "select pg_reload_conf()");
        Eventually.await(
                "n2 streams the other way",
                Duration.ofSeconds(20),
                () -> cluster.sql("n2", "select conninfo like '%connect_timeout=7%' from pg_stat_wal_receiver")
                        .equals("t"));
        cluster.edit(text -> text.replace("settings:\n", "settings:\n  work_mem: 5MB\n"));

        assertApplied(cluster);
        assertThat(cluster.sql("n2", "select conninfo like '%connect_timeout=7%' from pg_stat_wal_receiver"))
                .isEqualTo("f");
        assertThat(cluster.followers("n1")).containsExactly("n2");
    }

    /** What means the same as what is in force does not, however it is written, nor what only a restart takes. */
    @Test
    void aPlanNamesWhatAReloadPutsInForceBesideWhatItIsFor() throws IOException {
        Path autoConf = cluster.dataDirectory("n2").resolve("postgresql.auto.conf");
        String before = Files.readString(autoConf);
        cluster.sql("n2", "alter system set deadlock_timeout = '7s'");
        cluster.sql("n2", "alter system set checkpoint_timeout = '300s'");
        cluster.sql("n2", "alter system set max_files_per_process = 900");
        cluster.edit(text -> text.replace("settings:\n", "settings:\n  work_mem: 6MB\n"));

        Result planned = cluster.pgherder("plan").run();
        Result drift = cluster.pgherder("drift").run();

        Files.writeString(autoConf, before);
        assertThat(planned.stdout())
                .containsPattern("Note: n2: its reload also puts in force what somebody has changed:"
                        + " deadlock_timeout = '?7s'? from " + autoConf + ":\\d+\n");
        assertThat(drift.stdout()).doesNotContain("deadlock_timeout");
        assertApplied(cluster);
    }

    /** Each in a file of its own: PostgreSQL reads none to its end that has an error of syntax. */
    @Test
    void agentsReadLinesOfSettingsAsPostgresqlDoes() throws IOException {
        Path data = cluster.dataDirectory("n2");
        Path directory = data.resolve("lines");
        Shell.run("mkdir", directory.toString());
        List<String> lines = LINES.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Files.writeString(directory.resolve(i + ".conf"), lines.get(i) + "\n");
        }
        Files.writeString(directory.resolve("includes.conf"), "include'site'\n");
        Files.writeString(directory.resolve("site"), "work_mem'9MB'\n");
        Path conf = data.resolve("postgresql.conf");
        String before = Files.readString(conf);
        Files.writeString(
                conf,
                IntStream.range(0, lines.size())
                                .mapToObj(i -> "include 'lines/" + i + ".conf'\n")
                                .collect(Collectors.joining())
                        + "include 'lines/includes.conf'\n" + before);
        try {
            JsonObject read = JsonParser.parseString(cluster.sql("n2", """
                            select json_object_agg(regexp_replace(sourcefile, '.*/', ''), array[name, setting])
                              from pg_file_settings where sourcefile like '%/lines/%' and name is not null""")).getAsJsonObject();
            for (int i = 0; i < lines.size(); i++) {
                assertThat(readByAgents(lines.get(i)))
                        .as(lines.get(i))
                        .isEqualTo(Objects.requireNonNullElseGet(read.get(i + ".conf"), JsonArray::new));
            }
            assertThat(readByAgents("include'site'")).hasToString("[\"include\",\"site\"]");
            assertThat(read.get("site")).isEqualTo(readByAgents("work_mem'9MB'"));
        } finally {
            Files.writeString(conf, before);
            Shell.run("rm", "-r", directory.toString());
        }
    }

    private static JsonArray readByAgents(String line) {
        JsonArray said = new JsonArray();
        AutoConf.lines(line).forEach(each -> {
            said.add(each.name());
            said.add(each.value());
        });
        return said;
    }

    @Test
    void aMoveOfAStandbyWhoseFilesHaveErrorsChangesNothing() throws IOException {
        Path conf = cluster.dataDirectory("n2").resolve("postgresql.conf");
        Path managed = cluster.dataDirectory("n2").resolve("pgherder.conf");
        String good = Files.readString(conf);
        String withoutSlot = Files.readString(managed).replace("primary_slot_name = 'n2'", "primary_slot_name = ''");
        Files.writeString(managed, withoutSlot);
        cluster.sql("n2", "select pg_reload_conf()");
        Eventually.await(
                "n2 streams without its slot",
                Duration.ofSeconds(20),
                () -> cluster.sql("n2", "select coalesce(slot_name, '') = '' from pg_stat_wal_receiver")
                        .equals("t"));
        Files.writeString(conf, "no_such_setting = 1\n" + good);
        try {
            Result applied = cluster.pgherder("apply", "--yes").run();

            assertThat(applied.exitCode()).as(applied.toString()).isNotZero();
            assertThat(applied.toString()).contains("PREFLIGHT-023", "n2 would take nothing of any file on a reload");
            assertThat(managed).hasContent(withoutSlot);
            assertThat(cluster.followers("n1")).containsExactly("n2");
        } finally {
            Files.writeString(conf, good);
            cluster.sql("n2", "select pg_reload_conf()");
        }
    }

    @Test
    void aMissingStandbyOfAPrimaryWithATablespaceIsRefusedBeforeAnythingIsDone() throws IOException {
        Path data = cluster.dataDirectory("n2");
        Path aside = data.resolveSibling("n2-aside");
        Path tablespace = data.resolveSibling("fast");
        Shell.run("mkdir", tablespace.toString());
        cluster.sql("n1", "create tablespace fast location '" + tablespace + "'");
        cluster.pgCtl("stop", "n2");
        Files.move(data, aside);
        try {
            Result plan = cluster.pgherder("plan").run();

            assertThat(plan.exitCode()).as(plan.toString()).isEqualTo(4);
            assertThat(plan.stderr()).contains("PREFLIGHT-013", "tablespaces: fast in " + tablespace);
        } finally {
            Files.move(aside, data);
            // Without n2 no commit is confirmed.
            Result restored = cluster.pgherder("apply", "--yes").run();
            cluster.sql("n1", "drop tablespace fast");
            assertThat(restored.exitCode()).as(restored.toString()).isZero();
        }
    }

    @Test
    void aLineInPgherderConfThatIsNoSetting() throws IOException {
        String before = Files.readString(file("pgherder.conf"));
        Files.writeString(file("pgherder.conf"), before + "this is garbage ]][\n");

        Result planned = cluster.pgherder("plan").run();
        Result applied = cluster.pgherder("apply", "--yes").run();

        assertThat(planned.toString())
                .contains("write settings")
                .contains("pgherder.conf has a line that is not a setting: this is garbage ]][");
        assertThat(applied.exitCode()).as(applied.toString()).isZero();
        assertThat(file("pgherder.conf")).hasContent(before);
    }

    @Test
    void anHbaFileOfAHundredThousandLinesIsSeenInTimeAndReplaced() throws IOException {
        String before = Files.readString(file("pg_hba.conf"));
        Files.writeString(file("pg_hba.conf"), before + "host shop clerk 10.0.0.0/16 scram-sha-256\n".repeat(100_000));

        Result status = cluster.pgherder("status", "--timeout", "5s").run();
        Result applied = cluster.pgherder("apply", "--yes").run();

        assertThat(status.toString()).contains("streaming").doesNotContain("INSPECT-", "CONNECT-");
        assertThat(applied.exitCode()).as(applied.toString()).isZero();
        assertThat(applied.toString()).contains("pg_hba.conf has other lines");
        assertThat(file("pg_hba.conf")).hasContent(before);
    }

    @Test
    void aRunningServerWhoseHbaFileIsClosedOrGoneStillTellsWhatItIs() throws IOException {
        Path hba = file("pg_hba.conf");
        Set<PosixFilePermission> open = Files.getPosixFilePermissions(hba);
        Files.setPosixFilePermissions(hba, Set.of());
        Result closed;
        Result refused;
        try {
            closed = cluster.pgherder("status").run();
            refused = cluster.pgherder("plan").run();
        } finally {
            Files.setPosixFilePermissions(hba, open);
        }
        String before = Files.readString(hba);
        Files.delete(hba);
        Result gone = cluster.pgherder("plan").run();
        assertApplied(cluster);

        assertThat(closed.toString())
                .contains("streaming", "could not read " + hba, "permission denied for account " + Shell.ACCOUNT);
        assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(4);
        assertThat(refused.stderr())
                .contains("cannot tell how n1 is configured", "its pg_hba.conf is there and could not be read");
        assertThat(gone.toString()).contains("write hba").contains("there is no pg_hba.conf");
        assertThat(hba).hasContent(before);
    }

    @Test
    void aServerWhoseSizeTakesLongToCount() {
        cluster.sql(
                "n1",
                "create function public.pg_database_size(oid) returns bigint language sql"
                        + " as 'select pg_sleep(20); select 1::bigint'");
        cluster.sql("n1", "alter role postgres set search_path = public, pg_catalog");
        try {
            Result status = cluster.pgherder("status").run();

            assertThat(status.toString()).doesNotContain("INSPECT-001").contains("streaming");
        } finally {
            cluster.sql("n1", "alter role postgres reset search_path");
            cluster.sql("n1", "drop function public.pg_database_size(oid)");
        }
    }

    private Path file(String name) {
        return cluster.dataDirectory("n1").resolve(name);
    }
}
