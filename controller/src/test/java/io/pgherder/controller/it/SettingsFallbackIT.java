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
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Settings with which a server does not start, which only the start finds out: it runs as before. */
class SettingsFallbackIT {
    @RegisterExtension
    static final AppliedCluster APPLIED =
            AppliedCluster.of(() -> TestCluster.pair().edit(TestCluster::besideOthers));

    private final TestCluster cluster;
    private final DeclaredForATest declared;

    SettingsFallbackIT(TestCluster cluster) {
        this.cluster = cluster;
        this.declared = new DeclaredForATest(cluster);
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        declared.assertNothingIsLeft();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    shared_preload_libraries: nope | could not access file "nope": No such file or directory
                    listen_addresses: 203.0.113.9  | could not create any TCP/IP sockets
                    shared_buffers: 900GB          | could not map anonymous shared memory
                    """)
    void aServerThatDoesNotStartWithThemRunsAsBefore(String setting, String words) throws IOException {
        long primary = cluster.postmasterPid("n1");
        String name = setting.substring(0, setting.indexOf(':'));
        declared.setting(setting);

        Result applied = cluster.pgherder("apply", "--yes").run();

        assertThat(applied.exitCode()).as(applied.toString()).isEqualTo(5);
        assertThat(applied.stderr())
                .contains("Error: n2 does not start with its new settings  [START-007]")
                .contains(words)
                .contains("they are: " + name + " = '" + setting.substring(name.length() + 2) + "' in "
                        + cluster.dataDirectory("n2").resolve("pgherder.conf") + ":")
                .contains("it runs with what it had before, in pgherder.conf too: ");
        assertThat(cluster.postmasterPid("n1")).as("its turn did not come").isEqualTo(primary);
        declared.awaitStreaming();
        assertThat(Files.readString(cluster.dataDirectory("n2").resolve("pgherder.conf")))
                .isEqualTo(declared.managedBefore("n2"));
        assertThat(Files.readString(cluster.dataDirectory("n1").resolve("pgherder.conf")))
                .as("nor is its next start in danger")
                .isEqualTo(declared.managedBefore("n1"));
        Result again = cluster.pgherder("drift").run();
        assertThat(again.exitCode()).isEqualTo(3);
        assertThat(again.stdout())
                .contains("settings." + name)
                .containsPattern("the server did not start with [^ ]+ at .* UTC, and was started as before: .*"
                        + Pattern.quote(words));
        assertThat(cluster.pgherder("plan").run().stdout())
                .containsPattern("Note: n2: its start tries " + name + " = '.*' again, with which it did not start at");
        declared.takeBack();
    }

    /** What somebody has written in a file of his own, and waited for the next restart. */
    @Test
    void oneThatAHandHasWrittenIsHeldBackUntilItIsCorrected() throws IOException {
        Path main = cluster.dataDirectory("n2").resolve("postgresql.conf");
        String before = Files.readString(main);
        Path own = cluster.dataDirectory("n2").resolve("own.conf");
        Files.writeString(own, "shared_preload_libraries = 'nope'\n");
        Files.writeString(main, "include 'own.conf'\n" + before);
        declared.setting("max_connections: 120");

        Result applied = cluster.pgherder("apply", "--yes", "--limit", "n2").run();

        assertThat(applied.exitCode()).as(applied.toString()).isEqualTo(5);
        assertThat(applied.stderr())
                .contains("Error: n2 does not start with its new settings  [START-007]")
                .contains("shared_preload_libraries = 'nope' in " + own + ":1");
        assertThat(cluster.pgherder("drift").run().stdout())
                .containsPattern("the server did not start with nope from " + own
                        + ":1, beside max_connections = '120', at .* UTC, and was started as before: FATAL:")
                .doesNotContain("pgherder.conf was edited");

        Files.writeString(main, before);
        Files.delete(own);
        assertThat(cluster.pgherder("plan").run().stdout())
                .containsPattern("n2 +restart")
                .doesNotContain("its start tries");
        assertThat(cluster.pgherder("apply", "--yes").run().exitCode()).isZero();
        assertThat(declared.stateOf("db2").resolve("settings.refused")).doesNotExist();
        declared.takeBack();
    }

    /** postgresql.auto.conf is read after pgherder.conf: what waits there no line of that beats. */
    @Test
    void whatAnAlterSystemLeftToTheNextStartDoesNotKeepThePrimaryDown() throws IOException {
        Path altered = cluster.dataDirectory("n1").resolve("postgresql.auto.conf");
        String before = Files.readString(altered);
        Files.writeString(altered, "ssl = 'on'\n", StandardOpenOption.APPEND);
        long primary = cluster.postmasterPid("n1");
        declared.setting("shared_buffers: 24MB");

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
        declared.takeBack();
    }

    /** Nobody can ask what a process has in force: its files were what the last one had. */
    @Test
    void aServerThatWasStoppedStartsWithWhatItsFilesHadBefore() throws IOException {
        cluster.pgCtl("stop", "n2");
        declared.setting("shared_preload_libraries: nope");
        declared.setting("work_mem: 5MB");

        Result applied = cluster.pgherder("apply", "--yes").run();

        assertThat(applied.exitCode()).as(applied.toString()).isEqualTo(5);
        assertThat(applied.stderr())
                .contains("Error: n2 does not start with its new settings  [START-007]")
                .contains("could not access file \"nope\"")
                .contains(
                        "it runs with what it had before, in pgherder.conf too: no shared_preload_libraries, no work_mem")
                .contains("Hint: correct them under settings in the topology file");
        assertThat(Files.readString(cluster.dataDirectory("n2").resolve("pgherder.conf")))
                .isEqualTo(declared.managedBefore("n2"));
        assertThat(declared.stateOf("db2").resolve("settings.former")).doesNotExist();
        declared.awaitStreaming();
        declared.takeBack();
    }

    /** It would be in the way of every further start, and takes no signal but one. */
    @Test
    void aServerThatHangsBeforeItBeginsIsEndedAndRunsAsBefore() throws IOException {
        Path library = cluster.home().sockets().resolve("hangs.so");
        Shell.run("mkfifo", library.toString());
        declared.setting("shared_preload_libraries: " + library);

        Result applied = cluster.pgherder("apply", "--yes", "--limit", "n2").run();

        Files.delete(library);
        assertThat(applied.exitCode()).as(applied.toString()).isEqualTo(5);
        assertThat(applied.stderr())
                .contains("Error: n2 does not start with its new settings  [START-007]")
                .contains("after 60 s it still loads its libraries, looks up its addresses or takes its memory")
                .containsPattern("it was ended, pid \\d+: it had not come to its data")
                .contains("in pgherder.conf too: no shared_preload_libraries");
        declared.takeBack();
    }

    /** As an agent leaves it that is killed when the old process has ended: with what that had in force on disk. */
    @Test
    void whereARestartWasCutOffTheNextStartFallsBackToo() throws IOException {
        cluster.pgCtl("stop", "n2");
        Files.writeString(
                declared.stateOf("db2").resolve("settings.former"),
                "name_1=shared_preload_libraries\nvalue_1=\nis_default_1=true\n");
        declared.setting("shared_preload_libraries: nope");

        Result applied = cluster.pgherder("apply", "--yes").run();

        assertThat(applied.exitCode()).as(applied.toString()).isEqualTo(5);
        assertThat(applied.stderr())
                .contains("Error: n2 does not start with its new settings  [START-007]")
                .contains("could not access file \"nope\"")
                .contains("in pgherder.conf too: no shared_preload_libraries");
        assertThat(declared.stateOf("db2").resolve("settings.former")).doesNotExist();
        declared.awaitStreaming();
        declared.takeBack();
    }

    /** Its startup process finds that, once the server has its rules and says that it starts. */
    @Test
    void aServerThatFailsAtItsDataFallsBackTooHoweverOftenItIsTried() throws IOException {
        declared.setting("max_prepared_transactions: 2");
        assertThat(cluster.pgherder("apply", "--yes").run().exitCode()).isZero();
        cluster.sql("n1", "begin; create table prepared (id int); prepare transaction 'kept'");
        cluster.pgCtl("stop", "n1");
        Path kept = declared.stateOf("db1").resolve("settings.former");
        Files.writeString(kept, "name_1=max_prepared_transactions\nvalue_1=2\nis_default_1=false\n");
        cluster.edit(text -> declared.before());
        Path managed = cluster.dataDirectory("n1").resolve("pgherder.conf");
        String withoutIt = Files.readString(managed).replaceAll("(?m)^max_prepared_transactions.*\n", "");
        Files.writeString(managed, withoutIt);
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
        declared.setting("shared_preload_libraries: " + library);

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
        declared.takeBack();
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
}
