package io.pgherder.controller.it;

import io.pgherder.controller.testing.AppliedCluster;
import io.pgherder.controller.testing.Eventually;
import io.pgherder.controller.testing.PgherderCommand;
import io.pgherder.controller.testing.PgherderCommand.Result;
import io.pgherder.controller.testing.Shell;
import io.pgherder.controller.testing.TestCluster;
import io.pgherder.controller.testing.WholeCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Declared settings that no server can have: nothing is written, or nothing stays that a server does not start with. */
class BadSettingsIT {
    @RegisterExtension
    static final AppliedCluster APPLIED =
            AppliedCluster.of(() -> TestCluster.pair().edit(TestCluster::besideOthers));

    private static final String GOOD_RULE = "  - local all all peer\n";
    private static final String BAD_RULE = "host all all 127.0.0.9/32 scram-sha-256 nonsense=1";

    private final TestCluster cluster;
    private String topology = "";
    private Map<String, String> managed = Map.of();

    BadSettingsIT(TestCluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void remember() throws IOException {
        topology = Files.readString(cluster.topologyFile());
        managed = managed();
    }

    /** What was refused has left no trace: no reload is due, and no drift is told. */
    @AfterEach
    void nothingIsLeft() throws IOException {
        Files.writeString(cluster.topologyFile(), topology);
        assertThat(managed()).isEqualTo(managed);
        assertThat(cluster.pgherder("plan", "--detailed-exitcode").run().exitCode())
                .isZero();
        assertThat(cluster.pgherder("drift").run().exitCode()).isZero();
        WholeCluster.assertWhole(cluster);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    work_mem: 1kB              | 1 kB is outside the valid range for parameter "work_mem" (64
                    max_connections: 1000000   | 1000000 is outside the valid range for parameter "max_connections" (1 .. 262143)
                    shared_buffers: 900TB      | invalid value for parameter "shared_buffers": "900TB"
                    wal_sync_method: fsinc     | invalid value for parameter "wal_sync_method": "fsinc"
                    log_timezone: Mars/Olympus | invalid value for parameter "log_timezone": "Mars/Olympus"
                    no_such_setting: 5s        | unrecognized configuration parameter "no_such_setting"
                    ssl: "on"                  | server.crt is not there
                    session_preload_libraries: auto_explain, nope | session_preload_libraries: could not access file "nope"
                    local_preload_libraries: nope                 | local_preload_libraries: could not access file "$libdir/plugins/nope"
                    min_wal_size: 31MB         | "min_wal_size" must be at least twice "wal_segment_size", 32MB here, and is 31MB
                    max_wal_size: 2000kB       | "max_wal_size" must be at least twice "wal_segment_size", 32MB here, and is 2MB
                    """)
    void theProgramRefusesAndNothingIsWritten(String setting, String words) {
        declare(setting);

        Result applied = cluster.pgherder("apply", "--yes").run();

        assertThat(applied.exitCode()).as(applied.toString()).isEqualTo(5);
        assertThat(applied.stderr())
                .contains("[CONFIG-002]")
                .contains(words)
                .contains("\n  nothing was written\n")
                .contains("Hint: correct them under settings in the topology file");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    shared_preload_libraries: nope | could not access file "nope": No such file or directory
                    listen_addresses: 203.0.113.9  | could not create any TCP/IP sockets
                    shared_buffers: 900GB          | could not map anonymous shared memory
                    """)
    void aServerThatDoesNotStartWithThemRunsAsBefore(String setting, String words) throws IOException {
        long primary = cluster.postmasterPid("n1");
        declare(setting);

        Result applied = cluster.pgherder("apply", "--yes").run();

        assertThat(applied.exitCode()).as(applied.toString()).isEqualTo(5);
        assertThat(applied.stderr())
                .contains("Error: n2 does not start with its new settings  [START-007]")
                .contains(words)
                .contains("it runs; what only a restart changes is as before, in pgherder.conf too: ");
        assertThat(cluster.postmasterPid("n1")).as("its turn did not come").isEqualTo(primary);
        Eventually.await(
                "n2 streams",
                Duration.ofSeconds(10),
                () -> cluster.followers("n1").contains("n2"));
        assertThat(Files.readString(cluster.dataDirectory("n2").resolve("pgherder.conf")))
                .isEqualTo(managed.get("n2"));
        assertThat(Files.readString(cluster.dataDirectory("n1").resolve("pgherder.conf")))
                .as("nor is its next start in danger")
                .isEqualTo(managed.get("n1"));
        Result again = cluster.pgherder("drift").run();
        assertThat(again.exitCode()).isEqualTo(3);
        assertThat(again.stdout()).contains("settings." + setting.substring(0, setting.indexOf(':')));
        takeBack();
    }

    /** postgresql.auto.conf is read after pgherder.conf: what waits there no line of that beats. */
    @Test
    void whatAnAlterSystemLeftToTheNextStartDoesNotKeepThePrimaryDown() throws IOException {
        Path altered = cluster.dataDirectory("n1").resolve("postgresql.auto.conf");
        String before = Files.readString(altered);
        Files.writeString(altered, "ssl = 'on'\n", StandardOpenOption.APPEND);
        long primary = cluster.postmasterPid("n1");
        declare("shared_buffers: 24MB");

        Result withoutCertificate = cluster.pgherder("apply", "--yes").run();

        assertThat(withoutCertificate.exitCode())
                .as(withoutCertificate.toString())
                .isEqualTo(5);
        assertThat(withoutCertificate.stderr())
                .contains("Error: n1 would not start with the certificate that its files name  [START-014]")
                .contains("server.crt is not there");
        assertThat(cluster.postmasterPid("n1")).isEqualTo(primary);

        Files.writeString(altered, before + "shared_preload_libraries = 'nope'\n");

        Result withoutLibrary = cluster.pgherder("apply", "--yes").run();

        assertThat(withoutLibrary.exitCode()).as(withoutLibrary.toString()).isEqualTo(5);
        assertThat(withoutLibrary.stderr())
                .contains("Error: n1 does not start with its new settings  [START-007]")
                .contains("could not access file \"nope\"")
                .contains(
                        "taken out of postgresql.auto.conf, where an ALTER SYSTEM had set it: shared_preload_libraries = 'nope'");
        assertThat(Files.readString(altered)).isEqualTo(before);
        assertThat(cluster.postmasterPid("n1")).isNotEqualTo(primary);

        Result again = cluster.pgherder("apply", "--yes").run();

        assertThat(again.exitCode()).as(again.toString()).isZero();
        takeBack();
    }

    /** As an agent leaves it that is killed when the old process has ended: with what that had in force on disk. */
    @Test
    void whereARestartWasCutOffTheNextStartFallsBackToo() throws IOException {
        cluster.pgCtl("stop", "n2");
        Files.writeString(
                ofInstance("db2").resolve("restart.properties"),
                "name_1=shared_preload_libraries\nvalue_1=\nis_default_1=true\n");
        declare("shared_preload_libraries: nope");

        Result applied = cluster.pgherder("apply", "--yes").run();

        assertThat(applied.exitCode()).as(applied.toString()).isEqualTo(5);
        assertThat(applied.stderr())
                .contains("Error: n2 does not start with its new settings  [START-007]")
                .contains("could not access file \"nope\"")
                .contains("in pgherder.conf too: no shared_preload_libraries");
        assertThat(ofInstance("db2").resolve("restart.properties")).doesNotExist();
        Eventually.await(
                "n2 streams",
                Duration.ofSeconds(10),
                () -> cluster.followers("n1").contains("n2"));
        takeBack();
    }

    /** Its startup process finds that, once the server has its rules and says that it starts. */
    @Test
    void aServerThatFailsAtItsDataFallsBackTooHoweverOftenItIsTried() throws IOException {
        declare("max_prepared_transactions: 2");
        assertThat(cluster.pgherder("apply", "--yes").run().exitCode()).isZero();
        cluster.sql("n1", "begin; create table prepared (id int); prepare transaction 'kept'");
        cluster.pgCtl("stop", "n1");
        Path kept = ofInstance("db1").resolve("restart.properties");
        Files.writeString(kept, "name_1=max_prepared_transactions\nvalue_1=2\nis_default_1=false\n");
        cluster.edit(text -> topology);
        Path managed = cluster.dataDirectory("n1").resolve("pgherder.conf");
        String declared = Files.readString(managed).replaceAll("(?m)^max_prepared_transactions.*\n", "");
        Files.writeString(managed, declared);
        Path log = cluster.home().sockets().resolve("n1.log");
        assertThatThrownBy(() -> cluster.pgCtl("start", "n1", "--log=" + log))
                .hasMessageContaining("could not start server");
        assertThat(log).content().contains("maximum number of prepared transactions reached");

        Result applied = cluster.pgherder("apply", "--yes", "--limit", "n1").run();

        assertThat(applied.exitCode()).as(applied.toString()).isEqualTo(5);
        assertThat(applied.stderr())
                .contains("Error: n1 does not start with its new settings  [START-007]")
                .contains("maximum number of prepared transactions reached")
                .contains("in pgherder.conf too: max_prepared_transactions = '2'");
        assertThat(kept).doesNotExist();

        Result refused = cluster.pgherder("apply", "--yes").run();

        assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(4);
        assertThat(refused.stderr())
                .contains("Error: n1 would not start with max_prepared_transactions = 0: it has 1 prepared transaction"
                        + "  [PREFLIGHT-029]")
                .contains("Nothing has been changed.");
        cluster.sql("n1", "rollback prepared 'kept'");
        WholeCluster.assertApplied(cluster);
    }

    /** As a library does that crashes, or a server for which there is too little memory: the kernel ends it before it can say a word. */
    @Test
    void aServerThatIsKilledBeforeItBeginsFallsBackToo() throws IOException {
        Path library = cluster.home().sockets().resolve("waits.so");
        Shell.run("mkfifo", library.toString());
        Path pidFile = cluster.dataDirectory("n2").resolve("postmaster.pid");
        long before = cluster.postmasterPid("n2");
        declare("shared_preload_libraries: " + library);

        PgherderCommand command = cluster.pgherder("apply", "--yes", "--limit", "n2");
        Process apply = command.start();
        Eventually.await(
                "n2 loads its library",
                Duration.ofSeconds(30),
                () -> pidIn(pidFile)
                        .filter(pid -> !pid.equals(Long.toString(before)))
                        .isPresent());
        Shell.run("kill", "-KILL", pidIn(pidFile).orElseThrow());
        Result applied = command.finish(apply);

        assertThat(applied.exitCode()).as(applied.toString()).isEqualTo(5);
        assertThat(applied.stderr())
                .contains("Error: n2 does not start with its new settings  [START-007]")
                .contains("it was killed, or crashed: it has left its postmaster.pid")
                .contains("in pgherder.conf too: no shared_preload_libraries");
        Files.delete(library);
        takeBack();
    }

    /** Nobody can check what is written while no server runs. */
    @Test
    void aServerThatDoesNotStartWithItsNewRulesStartsWithTheFormerOnes() throws IOException {
        cluster.pgCtl("stop", "n1");

        assertFallsBackFromABadRule();
    }

    /** As an agent leaves it that is killed when it has written them. */
    @Test
    void whereTheWritingOfRulesWasCutOffTheNextStartFallsBackToo() throws IOException {
        cluster.pgCtl("stop", "n1");
        Path hba = cluster.dataDirectory("n1").resolve("pg_hba.conf");
        String rules = Files.readString(hba);
        Files.writeString(ofInstance("db1").resolve("pg_hba.conf.former"), rules);
        Files.writeString(hba, rules + BAD_RULE + "\n");

        assertFallsBackFromABadRule();
    }

    /** Two secrets of which one begins with a quote and has no second: the server quotes them both in its log. */
    @Test
    void aPieceOfASecretThatTheServerQuotesInItsLogStaysOnTheHost() throws IOException {
        cluster.pgCtl("stop", "n1");

        String told = assertFallsBackFrom(
                "host all all 127.0.0.9/32 radius radiusservers=127.0.0.9 radiussecrets=\"staple,\"\"horsebattery\"",
                "words that may be a piece of a secret in pg_hba.conf are not shown: " + ofInstance("db1")
                        + "/startup.log has them");

        assertThat(told)
                .contains(" of configuration file \"" + cluster.dataDirectory("n1") + "/pg_hba.conf\"")
                .containsPattern("FATAL:  could not load .*pg_hba.conf");
        assertThat(Files.readString(ofInstance("db1").resolve("startup.log")))
                .contains("could not parse RADIUS secret list \"staple,\"horsebattery\"");
        assertThat(told).doesNotContain("horsebattery", "staple");
    }

    private void assertFallsBackFromABadRule() throws IOException {
        assertFallsBackFrom(BAD_RULE, "unrecognized authentication option name: \"nonsense\"");
    }

    /** Returns all that is told of it. */
    private String assertFallsBackFrom(String badRule, String words) throws IOException {
        Path hba = cluster.dataDirectory("n1").resolve("pg_hba.conf");
        String before = Files.readString(hba).replace(badRule + "\n", "");
        cluster.edit(text -> text.replace(GOOD_RULE, GOOD_RULE + "  - " + badRule + "\n"));

        Result applied = cluster.pgherder("apply", "--yes", "--limit", "n1").run();

        assertThat(applied.exitCode()).as(applied.toString()).isEqualTo(5);
        assertThat(applied.stderr())
                .contains("Error: n1 does not start with its new pg_hba.conf  [START-012]")
                .contains("it runs, and lets in whom it did before: the former pg_hba.conf is back")
                .contains(words)
                .contains("Hint: correct the rules under hba in the topology file");
        assertThat(hba).hasContent(before);
        assertThat(ofInstance("db1").resolve("pg_hba.conf.former")).doesNotExist();
        Eventually.await(
                "n2 streams",
                Duration.ofSeconds(10),
                () -> cluster.followers("n1").contains("n2"));
        return applied.toString();
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
            declare("work_mem: 5MB");
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
        takeBack();
    }

    /** Where the agent keeps what it knows of its only instance. */
    private Path ofInstance(String host) throws IOException {
        try (Stream<Path> files = Files.walk(cluster.agent(host).state())) {
            return files.filter(file -> file.endsWith("mark.properties"))
                    .map(Path::getParent)
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** It is read last, and wins: what it says is not what is declared. */
    @Test
    void theSettingsAreTriedAlsoWherePostgresqlAutoConfHasAnErrorOfItsOwn() throws IOException {
        Path autoConf = cluster.dataDirectory("n2").resolve("postgresql.auto.conf");
        String before = Files.readString(autoConf);
        Files.writeString(autoConf, before + "work_mem = 'much'\n");
        declare("work_mem: 5MB");
        declare("maintenance_work_mem: 1kB");

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
        declare("work_mem: 5MB");
        declare("maintenance_work_mem: 65MB");

        Result applied = cluster.pgherder("apply", "--yes").run();

        assertThat(applied.exitCode()).as(applied.toString()).isZero();
        assertThat(Files.readString(autoConf)).doesNotContain("more");
        assertThat(cluster.sql("n2", "show work_mem") + " " + cluster.sql("n2", "show maintenance_work_mem"))
                .isEqualTo("5MB 65MB");
        Files.writeString(conf, before);
        takeBack();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    postgresql.conf      | Work_Mem = 'much'
                    postgresql.auto.conf | temp_buffers = 'much'
                    """)
    void valuesThatCountAllTheSameAreRefusedBeforeAnythingIsWritten(String name, String line) throws IOException {
        Path file = cluster.dataDirectory("n2").resolve(name);
        String before = Files.readString(file);
        Files.writeString(file, line + "\n" + before);
        declare("work_mem: 5MB");

        Result applied = cluster.pgherder("apply", "--yes").run();

        Files.writeString(file, before);
        assertThat(applied.exitCode()).as(applied.toString()).isEqualTo(4);
        assertThat(applied.stderr())
                .contains("[PREFLIGHT-023]")
                .contains(file + ":1: " + line + ": setting could not be applied")
                .contains("Hint: correct them by hand, then run the same command again")
                .contains("Nothing has been changed.");
    }

    @Test
    void aFileThatPostgresqlConfIncludesIsNotThere() throws IOException {
        Path conf = cluster.dataDirectory("n2").resolve("postgresql.conf");
        String before = Files.readString(conf);
        Files.writeString(conf, "include 'site.conf'\n" + before);
        declare("work_mem: 5MB");

        Result applied = cluster.pgherder("apply", "--yes", "--limit", "n2").run();

        Files.writeString(conf, before);
        assertThat(applied.exitCode()).as(applied.toString()).isEqualTo(4);
        assertThat(applied.stderr())
                .contains("Error: n2 would take nothing of any file on a reload: errors in its settings files"
                        + "  [PREFLIGHT-023]")
                .contains("could not open file \"" + cluster.dataDirectory("n2").resolve("site.conf") + "\"")
                .contains("Nothing has been changed.");
    }

    /** Empty where it is not there, or has only just been made. */
    private static Optional<String> pidIn(Path pidFile) {
        try (Stream<String> lines = Files.lines(pidFile)) {
            return lines.findFirst();
        } catch (NoSuchFileException goneOrNotYetThere) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        declare("work_mem: 5MB");
        declare("max_connections: 40");

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
        assertThat(Files.readString(data.resolve("pgherder.conf"))).isEqualTo(managed.get("n1"));
        assertThat(Files.readString(data.resolve("postgresql.auto.conf"))).isEqualTo(altered);
        assertThat(cluster.postmasterPid("n1")).isEqualTo(primary);
        assertThat(cluster.sql("n2", "show max_connections")).isEqualTo("40");

        Result again = cluster.pgherder("apply", "--yes").run();

        assertThat(again.exitCode()).as(again.toString()).isZero();
        assertThat(cluster.sql("n1", "show max_connections") + " " + cluster.sql("n1", "show work_mem"))
                .isEqualTo("40 5MB");
        takeBack();
    }

    private static void overwrite(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void declare(String setting) {
        String name = setting.substring(0, setting.indexOf(':'));
        cluster.edit(text -> text.replaceAll("(?m)^  " + name + ":.*\n", "")
                .replace("settings:\n", "settings:\n  " + setting + "\n"));
    }

    /** What was written on the node that refused nothing. */
    private void takeBack() {
        cluster.edit(text -> topology);
        assertThat(cluster.pgherder("apply", "--yes").run().exitCode()).isZero();
    }

    private Map<String, String> managed() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (TestCluster.Node node : cluster.nodes()) {
            texts.put(
                    node.name(),
                    Files.readString(cluster.dataDirectory(node.name()).resolve("pgherder.conf")));
        }
        return texts;
    }
}
