package io.pgherder.controller.it;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.pgherder.controller.testing.CommittingClient;
import io.pgherder.controller.testing.CommittingClient.Commit;
import io.pgherder.controller.testing.Eventually;
import io.pgherder.controller.testing.PgherderCommand;
import io.pgherder.controller.testing.PgherderCommand.Result;
import io.pgherder.controller.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static io.pgherder.controller.testing.WholeCluster.assertApplied;
import static org.assertj.core.api.Assertions.assertThat;

/** The cluster of inventories/t5.yaml, on free ports, from three agents and nothing else. */
class T5IT {
    private static final Pattern PRIMARY_RESTARTS = Pattern.compile("n1 +restart +started");
    private static final TestCluster CLUSTER = TestCluster.t5();
    private static Result planBefore = new Result(-1, "", "");
    private static Result applied = new Result(-1, "", "");

    @BeforeAll
    static void applyFromNothing() {
        planBefore = CLUSTER.pgherder("plan", "--out", savedPlan()).runAsProcess();
        applied = CLUSTER.pgherder("apply", "--yes").runAsProcess();
    }

    @AfterAll
    static void takeDown() {
        CLUSTER.close();
    }

    private static String savedPlan() {
        return CLUSTER.home().path("before.plan").toString();
    }

    @Test
    void aPlanShowsEveryNodeAndChangesNothing() {
        assertThat(planBefore.exitCode()).as(planBefore.toString()).isZero();
        assertThat(planBefore.stdout())
                .contains("Plan: 5 nodes to create")
                .contains("Nothing has been changed. To carry out exactly these steps:");
    }

    @Test
    void fiveNodesStreamAsDeclared() {
        assertThat(applied.exitCode()).as(applied.toString()).isZero();
        assertThat(CLUSTER.followers("n1")).containsExactly("n2", "n3", "n4");
        assertThat(CLUSTER.followers("n2")).containsExactly("n5");
    }

    @Test
    void theReportSaysThatRealityNowMatches() {
        assertThat(applied.stdout() + applied.stderr())
                .containsPattern("Applied (\\d+) of \\1 steps to testing in \\S+s")
                .as("other instances on this machine may be told beside it")
                .contains("testing now matches " + CLUSTER.topologyFile());
    }

    @Test
    void theSynchronousStandbysAreTheNamedOnes() {
        assertThat(CLUSTER.sql("n1", "select application_name, sync_state from pg_stat_replication order by 1"))
                .isEqualTo("n2|quorum\nn3|quorum\nn4|quorum");
        assertThat(CLUSTER.sql("n1", "show synchronous_standby_names"))
                .contains("ANY 1")
                .doesNotContain("*");
        assertThat(CLUSTER.sql("n3", "show synchronous_standby_names"))
                .as("set on every candidate before it is needed")
                .contains("ANY 1")
                .contains("n1");
    }

    @Test
    void aCommittedRowReachesTheCascadedStandby() {
        CLUSTER.sql("n1", "create table if not exists written (at timestamptz); insert into written values (now())");

        Eventually.await(
                "the row is on n5",
                Duration.ofSeconds(20),
                () -> CLUSTER.sql("n5", "select to_regclass('written') is not null")
                                .equals("t")
                        && !CLUSTER.sql("n5", "select count(*) from written").equals("0"));
    }

    @Test
    void walLiesApartFromTheData() throws IOException {
        for (TestCluster.Node node : CLUSTER.nodes()) {
            assertThat(Files.readSymbolicLink(CLUSTER.dataDirectory(node.name()).resolve("pg_wal")))
                    .isEqualTo(CLUSTER.home().walRoot().resolve(node.name()));
        }
    }

    @Test
    void nothingIsLeftOverBesideTheFiveNodes() {
        assertThat(CLUSTER.home().content())
                .containsExactly("n1", "n1", "n2", "n2", "n3", "n3", "n4", "n4", "n5", "n5");
    }

    @Test
    void thePasswordIsStoredAsAVerifierAndAppearsInNoLogOrFileOfTheServer() throws IOException {
        assertThat(CLUSTER.sql("n1", "select rolpassword like 'SCRAM-SHA-256$%' from pg_authid where rolname = 'rep'"))
                .isEqualTo("t");
        for (TestCluster.Node node : CLUSTER.nodes()) {
            try (Stream<Path> files = Files.walk(CLUSTER.dataDirectory(node.name()))) {
                assertThat(files.filter(file -> file.toString().endsWith(".conf")
                                        || file.toString().contains("log"))
                                .filter(Files::isRegularFile))
                        .allSatisfy(file -> assertThat(file).content().doesNotContain("only for tests"));
            }
        }
        CLUSTER.agents().forEach(agent -> assertThat(agent.log()).doesNotContain("only for tests"));
    }

    /** As it is installed: other tests run these in their own JVM. */
    @Test
    void driftAndImportWorkFromTheJarWithEverythingInIt() {
        Result drift = CLUSTER.pgherder("drift", "-o", "json").runAsProcess();
        Result imported = CLUSTER.pgherderImport("--cluster", "imported").runAsProcess();

        JsonArray differences =
                JsonParser.parseString(drift.stdout()).getAsJsonObject().getAsJsonArray("differences");
        assertThat(texts(differences, "kind"))
                .as("what other tests run on this host: %s", drift)
                .allMatch("undeclared_instance"::equals);
        assertThat(imported.exitCode()).as(imported.toString()).isZero();
        assertThat(imported.stdout()).contains("cluster: imported").contains("primary: ");
    }

    @Test
    void planningAgainFindsNothingToDo() {
        Result plan = CLUSTER.pgherder("plan", "--detailed-exitcode").runAsProcess();

        assertThat(plan.exitCode()).as(plan.toString()).isZero();
    }

    @Test
    void applyingAgainFindsNothingToDoAndRestartsNothing() {
        List<Long> before = postmasters("n1", "n2", "n3", "n4", "n5");

        assertApplied(CLUSTER);
        assertThat(postmasters("n1", "n2", "n3", "n4", "n5")).isEqualTo(before);
    }

    @Test
    void statusNamesEveryNodeForScripts() {
        Result status = CLUSTER.pgherder("status", "-o", "json").runAsProcess();

        assertThat(status.exitCode()).as(status.toString()).isZero();
        JsonObject document = JsonParser.parseString(status.stdout()).getAsJsonObject();
        assertThat(document.get("primary").getAsString()).isEqualTo("n1");
        assertThat(document.get("writable").getAsBoolean()).isTrue();
        JsonArray nodes = document.getAsJsonArray("nodes");
        assertThat(texts(nodes, "name")).containsExactlyInAnyOrder("n1", "n2", "n3", "n4", "n5");
        assertThat(texts(nodes, "state")).containsOnlyOnce("running").contains("streaming");
    }

    @Test
    void aPlanSavedBeforeTheClusterMovedIsRefused() {
        Result stale = CLUSTER.pgherder("apply", "--plan", savedPlan(), "--yes").runAsProcess();

        assertThat(stale.exitCode()).as(stale.toString()).isEqualTo(4);
        assertThat(stale.stderr()).contains("changed since the plan was made");
    }

    @Test
    void withoutATerminalAndWithoutYesNothingIsAskedAndNothingIsDone() {
        CLUSTER.pgCtl("stop", "n3");
        try {
            List<Long> before = postmasters("n1", "n2", "n4", "n5");

            Result refused = CLUSTER.pgherder("apply").runAsProcess();

            assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(4);
            assertThat(refused.stdout()).contains("start, streaming from n1");
            assertThat(refused.stderr()).contains("there is nobody to ask", "Nothing has been changed.");
            assertThat(CLUSTER.postmasters("n3")).isZero();
            assertThat(postmasters("n1", "n2", "n4", "n5")).isEqualTo(before);
        } finally {
            assertApplied(CLUSTER);
        }
    }

    @Test
    void whereNothingIsToBeDoneNobodyNeedsToBeAsked() {
        Result apply = CLUSTER.pgherder("apply").runAsProcess();

        assertThat(apply.exitCode()).as(apply.toString()).isZero();
    }

    /** One standby at a time is away, and another one confirms meanwhile; only the restart of the primary itself is a pause. */
    @Test
    void whileTheStandbysRestartCommitsGoOn() {
        List<Long> before = postmasters("n1", "n2", "n3", "n4", "n5");
        CommittingClient client = CommittingClient.on(CLUSTER, "n1");
        CLUSTER.edit(text -> text.replace("shared_buffers: 16MB", "shared_buffers: 17MB"));
        PgherderCommand apply = CLUSTER.pgherder("apply", "--yes");

        Process applying = apply.start();
        Eventually.await(
                "the primary restarts",
                Duration.ofSeconds(90),
                () -> PRIMARY_RESTARTS.matcher(apply.errorsSoFar()).find());
        long primaryRestarts = System.nanoTime();
        String toldBefore = apply.errorsSoFar();
        Result restarted = apply.finish(applying);
        List<Commit> commits = client.toTheEnd();

        assertThat(restarted.exitCode()).as(restarted.toString()).isZero();
        assertThat(postmasters("n1", "n2", "n3", "n4", "n5"))
                .as("all have restarted")
                .doesNotContainAnyElementsOf(before);
        assertThat(List.of("n2", "n3", "n4", "n5"))
                .allSatisfy(node -> assertThat(toldBefore).containsPattern(node + " +restart +done"));
        assertThat(longestPause(commits, primaryRestarts)).isLessThan(Duration.ofSeconds(2));
        List<Integer> acknowledged = commits.stream().map(Commit::row).toList();
        List<Integer> written = CLUSTER.sql("n1", "select row from commits order by row")
                .lines()
                .map(Integer::valueOf)
                .toList();
        assertThat(written).startsWith(acknowledged.toArray(Integer[]::new));
        assertThat(written.size() - acknowledged.size())
                .as("under way when the session ended")
                .isBetween(0, 1);
    }

    /** Between two acknowledgements, or the last one and the moment until which they must go on. */
    private static Duration longestPause(List<Commit> commits, long until) {
        List<Long> moments = Stream.concat(
                        commits.stream().map(Commit::acknowledgedAt).filter(at -> at < until), Stream.of(until))
                .toList();
        assertThat(moments).hasSizeGreaterThan(20);
        return Duration.ofNanos(IntStream.range(1, moments.size())
                .mapToLong(i -> moments.get(i) - moments.get(i - 1))
                .max()
                .orElseThrow());
    }

    private static List<Long> postmasters(String... nodes) {
        return Stream.of(nodes).map(CLUSTER::postmasterPid).toList();
    }

    private static List<String> texts(JsonArray objects, String field) {
        return StreamSupport.stream(objects.spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .map(object -> object.get(field).getAsString())
                .toList();
    }
}
