package io.pgherder.controller.it;

import io.pgherder.controller.testing.AppliedCluster;
import io.pgherder.controller.testing.PgherderCommand.Result;
import io.pgherder.controller.testing.Shell;
import io.pgherder.controller.testing.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Settings that PostgreSQL does not take, or files by which it takes none: nothing is written. */
class BadSettingsIT {
    @RegisterExtension
    static final AppliedCluster APPLIED =
            AppliedCluster.of(() -> TestCluster.pair().edit(TestCluster::besideOthers));

    private final TestCluster cluster;
    private final DeclaredForATest declared;

    BadSettingsIT(TestCluster cluster) {
        this.cluster = cluster;
        this.declared = new DeclaredForATest(cluster);
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        declared.assertNothingIsLeft();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    work_mem: 1kB              | 1 kB is outside the valid range for parameter "work_mem" (64
                    max_connections: 1000000   | 1000000 is outside the valid range for parameter "max_connections" (1 .. 262143)
                    shared_buffers: 900TB      | invalid value for parameter "shared_buffers": "900TB"
                    wal_sync_method: fsinc     | invalid value for parameter "wal_sync_method": "fsinc"
                    log_timezone: Mars/Olympus | invalid value for parameter "log_timezone": "Mars/Olympus"
                    no_such_setting: 5s        | unrecognized configuration parameter "no_such_setting"
                    superuser_reserved_connections: 262143 | superuser_reserved_connections (262143)
                    ssl: "on"                  | server.crt is not there
                    session_preload_libraries: auto_explain, nope | session_preload_libraries: could not access file "nope"
                    local_preload_libraries: nope                 | local_preload_libraries: could not access file "$libdir/plugins/nope"
                    min_wal_size: 31MB         | "min_wal_size" must be at least twice "wal_segment_size", 32MB here, and is 31MB
                    max_wal_size: 2000kB       | "max_wal_size" must be at least twice "wal_segment_size", 32MB here, and is 2MB
                    """)
    void theProgramRefusesAndNothingIsWritten(String setting, String words) {
        declared.setting(setting);

        Result applied = cluster.pgherder("apply", "--yes").run();

        assertThat(applied.exitCode()).as(applied.toString()).isEqualTo(5);
        assertThat(applied.stderr())
                .contains("[CONFIG-002]")
                .contains(words)
                .contains("\n  nothing was written\n")
                .contains("Hint: correct them under settings in the topology file");
    }

    /** It is read last, and wins: what it says is not what is declared. */
    @Test
    void theSettingsAreTriedAlsoWherePostgresqlAutoConfHasAnErrorOfItsOwn() throws IOException {
        Path autoConf = cluster.dataDirectory("n2").resolve("postgresql.auto.conf");
        String before = Files.readString(autoConf);
        Files.writeString(autoConf, before + "work_mem = 'much'\n");
        declared.setting("work_mem: 5MB");
        declared.setting("maintenance_work_mem: 1kB");

        Result applied = cluster.pgherder("apply", "--yes", "--limit", "n2").run();

        Files.writeString(autoConf, before);
        assertThat(applied.exitCode()).as(applied.toString()).isEqualTo(5);
        assertThat(applied.stderr())
                .contains("[CONFIG-002]")
                .contains("1 kB is outside the valid range for parameter \"maintenance_work_mem\"")
                .contains("nothing was written");
    }

    /** Of a line before the one of pgherder.conf the server passes over the value; of postgresql.auto.conf, which comes after it, a step takes it out. */
    @Test
    void valuesThatDoNotCountOnceTheNewOnesAreWrittenAreInNobodysWay() throws IOException {
        Path conf = cluster.dataDirectory("n2").resolve("postgresql.conf");
        Path autoConf = cluster.dataDirectory("n2").resolve("postgresql.auto.conf");
        String before = Files.readString(conf);
        String autoBefore = Files.readString(autoConf);
        Files.writeString(conf, "maintenance_work_mem = 'much'\n" + before);
        Files.writeString(autoConf, autoBefore + "Work_Mem = 'more'\n");
        declared.setting("work_mem: 5MB");
        declared.setting("maintenance_work_mem: 65MB");

        Result applied = cluster.pgherder("apply", "--yes").run();

        assertThat(applied.exitCode()).as(applied.toString()).isZero();
        assertThat(Files.readString(autoConf)).doesNotContain("more");
        assertThat(cluster.sql("n2", "show work_mem") + " " + cluster.sql("n2", "show maintenance_work_mem"))
                .isEqualTo("5MB 65MB");
        Files.writeString(conf, before);
        declared.takeBack();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    postgresql.conf      | Work_Mem = 'much'     | Work_Mem = 'much': setting could not be applied
                    postgresql.auto.conf | temp_buffers = 'much' | temp_buffers = 'much': setting could not be applied
                    postgresql.auto.conf | garbage ===           | syntax error
                    """)
    void linesThatCountAllTheSameAreRefusedBeforeAnythingIsWritten(String name, String line, String words)
            throws IOException {
        Path file = cluster.dataDirectory("n2").resolve(name);
        String before = Files.readString(file);
        Files.writeString(file, line + "\n" + before);
        declared.setting("work_mem: 5MB");

        Result applied = cluster.pgherder("apply", "--yes").run();

        Files.writeString(file, before);
        assertThat(applied.exitCode()).as(applied.toString()).isEqualTo(4);
        assertThat(applied.stderr())
                .contains("[PREFLIGHT-023]")
                .contains(file + ":1: " + words)
                .contains("Hint: correct them by hand, then run the same command again")
                .contains("Nothing has been changed.");
    }

    @Test
    void aFileThatPostgresqlConfIncludesIsNotThere() throws IOException {
        Path conf = cluster.dataDirectory("n2").resolve("postgresql.conf");
        String before = Files.readString(conf);
        Files.writeString(conf, "include 'site.conf'\n" + before);
        declared.setting("work_mem: 5MB");

        Result applied = cluster.pgherder("apply", "--yes", "--limit", "n2").run();

        Files.writeString(conf, before);
        assertThat(applied.exitCode()).as(applied.toString()).isEqualTo(4);
        assertThat(applied.stderr())
                .contains("Error: n2 would take nothing of any file on a reload: errors in its settings files"
                        + "  [PREFLIGHT-023]")
                .contains("could not open file \"" + cluster.dataDirectory("n2").resolve("site.conf") + "\"")
                .contains("Nothing has been changed.");
    }

    /** A reload takes all that stands in the files. */
    @Test
    void noStepPutsInForceWhatMakesThePrimaryUseless() throws IOException {
        cluster.sql("n1", "alter system set default_transaction_read_only = on");
        Path autoConf = cluster.dataDirectory("n1").resolve("postgresql.auto.conf");

        Result drift = cluster.pgherder("drift").run();
        declared.setting("work_mem: 5MB");
        Result applied = cluster.pgherder("apply", "--yes").run();

        String line = Files.readAllLines(autoConf).stream()
                .filter(text -> text.startsWith("default_transaction_read_only"))
                .findFirst()
                .orElseThrow();
        cluster.sql("n1", "alter system reset default_transaction_read_only");
        assertThat(line).endsWith("'on'");
        assertThat(drift.exitCode()).as(drift.toString()).isEqualTo(3);
        assertThat(drift.stdout())
                .contains("declared  default_transaction_read_only = off")
                .contains("observed  on from the next reload on: nobody can write")
                .contains("because   it stands in " + autoConf + ":");
        assertThat(applied.exitCode()).as(applied.toString()).isEqualTo(4);
        assertThat(applied.stderr())
                .contains("Error: n1 would take default_transaction_read_only = on with a step of this plan:"
                        + " nobody can write  [PREFLIGHT-030]")
                .contains("it stands in " + autoConf + ":")
                .contains("Nothing has been changed.");
        assertThat(cluster.sql("n1", "show default_transaction_read_only")).isEqualTo("off");
    }

    /** No server can be asked: its program is. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    postgresql.conf      | include 'site.conf' | could not open configuration file
                    postgresql.conf      | no_such_setting = 1 | :1: unrecognized configuration parameter "no_such_setting"
                    postgresql.auto.conf | garbage ===         | :1: syntax error
                    """)
    void aStoppedServerThatWouldNotStartWithItsFilesIsNotStarted(String name, String line, String words)
            throws IOException {
        cluster.pgCtl("stop", "n2");
        Path file = cluster.dataDirectory("n2").resolve(name);
        String before = Files.readString(file);
        Files.writeString(file, line + "\n" + before);
        declared.setting("work_mem: 5MB");

        Result drift = cluster.pgherder("drift").run();
        Result applied = cluster.pgherder("apply", "--yes").run();

        Files.writeString(file, before);
        assertThat(drift.exitCode()).as(drift.toString()).isEqualTo(3);
        assertThat(drift.stdout()).contains("observed  is stopped").contains(words);
        assertThat(applied.exitCode()).as(applied.toString()).isEqualTo(4);
        assertThat(applied.stderr())
                .contains("Error: n2 would not start: errors in its settings files  [PREFLIGHT-023]")
                .contains(words)
                .contains("Nothing has been changed.");
        declared.takeBack();
    }

    /** The server passes over it without a word: nobody else would tell. */
    @Test
    void aClosedPostgresqlAutoConfIsTold() {
        Path autoConf = cluster.dataDirectory("n2").resolve("postgresql.auto.conf");
        Shell.run("chmod", "0000", autoConf.toString());
        Result status;
        Result drift;
        Result applied;
        try {
            status = cluster.pgherder("status").run();
            drift = cluster.pgherder("drift").run();
            declared.setting("work_mem: 5MB");
            applied = cluster.pgherder("apply", "--yes").run();
        } finally {
            Shell.run("chmod", "0600", autoConf.toString());
        }
        String passedOver =
                "the server passes over it: what ALTER SYSTEM says is not in force, or not any more after the next reload";
        assertThat(status.exitCode()).isZero();
        assertThat(status.stdout())
                .contains("! could not read " + autoConf + ": " + autoConf + ": permission denied for account ")
                .contains("; " + passedOver);
        assertThat(drift.exitCode()).as(drift.toString()).isEqualTo(1);
        assertThat(drift.stdout())
                .contains("  ? n2  standby of n1  not seen\n      could not read " + autoConf + "  [INSPECT-003]\n")
                .contains("\n        " + passedOver + "\n        Hint: whose is it? The agent runs as ");
        assertThat(applied.exitCode())
                .as("it keeps nothing from being done: " + applied)
                .isZero();
        assertThat(applied.stdout()).contains("Note: could not read " + autoConf, " as far as could be seen.");
        declared.takeBack();
    }

    /** When the plan was made they were good, and the standby has restarted by then. */
    @Test
    void ofANodeWhoseFilesBreakBeforeItsTurnNothingIsWritten() throws IOException {
        Path data = cluster.dataDirectory("n1");
        Path conf = data.resolve("postgresql.conf");
        String good = Files.readString(conf);
        cluster.sql("n1", "alter system set work_mem = '7MB'");
        String altered = Files.readString(data.resolve("postgresql.auto.conf"));
        long primary = cluster.postmasterPid("n1");
        declared.setting("work_mem: 5MB");
        declared.setting("max_connections: 40");

        Result applied = cluster.pgherder("apply", "--yes").killAt(line -> {
            if (line.startsWith("Plan: ")) {
                overwrite(conf, "no_such_setting = 1\n" + good);
            }
            return false;
        });

        overwrite(conf, good);
        assertThat(applied.exitCode()).as(applied.toString()).isEqualTo(5);
        assertThat(applied.stderr())
                .contains("Error: the configuration files of n1 have errors  [CONFIG-005]")
                .contains(conf + ":1: no_such_setting = '1': unrecognized configuration parameter")
                .contains("nothing was written: with one bad line PostgreSQL takes nothing of any file");
        assertThat(Files.readString(data.resolve("pgherder.conf"))).isEqualTo(declared.managedBefore("n1"));
        assertThat(Files.readString(data.resolve("postgresql.auto.conf"))).isEqualTo(altered);
        assertThat(cluster.postmasterPid("n1")).isEqualTo(primary);
        assertThat(cluster.sql("n2", "show max_connections")).isEqualTo("40");

        Result again = cluster.pgherder("apply", "--yes").run();

        assertThat(again.exitCode()).as(again.toString()).isZero();
        assertThat(cluster.sql("n1", "show max_connections") + " " + cluster.sql("n1", "show work_mem"))
                .isEqualTo("40 5MB");
        declared.takeBack();
    }

    private static void overwrite(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
