package io.pgherder.controller.it;

import com.google.gson.JsonParser;
import io.pgherder.controller.testing.AppliedCluster;
import io.pgherder.controller.testing.Eventually;
import io.pgherder.controller.testing.PgherderCommand.Result;
import io.pgherder.controller.testing.Shell;
import io.pgherder.controller.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.pgherder.controller.testing.WholeCluster.assertApplied;
import static org.assertj.core.api.Assertions.assertThat;

/** For whom the commits of a primary wait: while that changes, and as it is told. */
class SynchronousRuleIT {
    @RegisterExtension
    static final AppliedCluster APPLIED = AppliedCluster.pair();

    private final TestCluster cluster;
    private String topology = "";

    SynchronousRuleIT(TestCluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void remember() throws IOException {
        topology = Files.readString(cluster.topologyFile());
    }

    @AfterEach
    void putBackAndFindNothingToDo() throws IOException {
        Files.writeString(cluster.topologyFile(), topology);
        cluster.sql("n1", "select pg_reload_conf()");
        assertApplied(cluster);
    }

    @Test
    void commitsThatWaitedGoOnAtOnceUnderTheDeclaredRule() throws Exception {
        cluster.edit(text -> text.replace("settings:\n", "settings:\n  wal_receiver_status_interval: 60s\n"));
        assertApplied(cluster);
        Path managed = cluster.dataDirectory("n1").resolve("pgherder.conf");
        Files.writeString(
                managed, Files.readString(managed).replaceAll("(synchronous_standby_names) = .*", "$1 = 'nobody'"));
        cluster.sql("n1", "select pg_reload_conf()");
        CompletableFuture<String> commit =
                CompletableFuture.supplyAsync(() -> cluster.sql("n1", "create table waited (n int)"));
        Eventually.await(
                "a commit waits",
                Duration.ofSeconds(10),
                () -> cluster.sql("n1", "select count(*) from pg_stat_activity where wait_event = 'SyncRep'")
                        .equals("1"));

        assertApplied(cluster);
        assertThat(commit).succeedsWithin(Duration.ofSeconds(5));
    }

    /** Until wal_sender_timeout nothing but its silence tells it from one that streams. */
    @Test
    void aMemberThatIsFrozenIsNotWaitedForByCommitsThatGoOnNow() {
        cluster.edit(text -> text.replaceAll("(?m)^synchronous: .*$", "synchronous: off"));
        assertApplied(cluster);
        String receiver = cluster.sql("n2", "select pid from pg_stat_wal_receiver");
        cluster.edit(text -> topology);
        Shell.run("kill", "-STOP", receiver);
        try {
            Result applied = cluster.pgherder("apply", "--yes").run();

            assertThat(applied.exitCode()).as(applied.toString()).isEqualTo(5);
            assertThat(applied.stderr())
                    .contains("synchronous standbys of n1 do not confirm what it writes")
                    .contains("n2: connected, and silent for 10 s");
            assertThat(cluster.sql("n1", "create table goes_on (n int); select 'written'"))
                    .endsWith("written");
        } finally {
            Shell.run("kill", "-CONT", receiver);
        }
    }

    @Test
    void whatCommitsWaitForIsWhatIsInForceWhateverTheFilesSay() {
        cluster.sql("n1", "alter system set synchronous_commit = off");
        cluster.sql("n1", "select pg_reload_conf()");
        Eventually.await(
                "it is in force",
                Duration.ofSeconds(10),
                () -> cluster.sql("n1", "show synchronous_commit").equals("off"));
        cluster.sql("n1", "alter system reset synchronous_commit");

        Result status = cluster.pgherder("status", "-o", "json").run();

        assertThat(JsonParser.parseString(status.stdout())
                        .getAsJsonObject()
                        .getAsJsonObject("quorum")
                        .get("synchronous_commit")
                        .getAsString())
                .as(status.toString())
                .isEqualTo("off");
    }

    @Test
    void namesThatAreExceptedAndNotThereAreNoted() {
        cluster.edit(text -> text.replaceAll(
                "(?m)^synchronous: (.*) \\}$",
                "synchronous: $1, except: [role postgres in database shop, role clerk, database template1] }"));

        Result plan = cluster.pgherder("plan", "--detailed-exitcode").run();

        assertThat(plan.exitCode()).as(plan.toString()).isZero();
        assertThat(plan.toString())
                .contains("Note: synchronous.except: there is no database shop on n1;")
                .contains("Note: synchronous.except: there is no role clerk on n1;")
                .doesNotContain("no role postgres", "no database template1");
    }
}
