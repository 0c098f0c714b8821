package io.pgherder.controller.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.pgherder.controller.sample.Orders;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code drift --watch}, from the first run to Ctrl-C, with what it leaves in files and tells over HTTP. */
@Timeout(60)
class DriftWatchTest {
    private static final String FIRST = """
            Cluster orders, system 7421903344718816021, PostgreSQL 15.18.  2 of 2 agents answered in 0.0s.

              = pg1  primary         in sync
              = pg2  standby of pg1  in sync

            No drift: orders is as orders.yaml says.
            """;

    private final SimulatedFleet agents = new SimulatedFleet();
    private final Path directory;
    private final Prompt prompt;

    DriftWatchTest(@TempDir Path directory) {
        this.directory = directory;
        prompt = Prompt.in(directory, agents);
    }

    @Test
    void afterTheFirstRunOnlyChangesAreTold() {
        agents.atTheNextLooksAt(
                "orders",
                DriftWatchTest::nothingHappens,
                DriftWatchTest::nothingHappens,
                this::stopPg2,
                DriftWatchTest::nothingHappens,
                () -> agents.silence("db1"),
                () -> {
                    agents.hear("db1");
                    startPg2();
                },
                DriftWatchTest::nothingHappens,
                prompt::pressCtrlC);

        assertThat(watch()).isZero();

        assertThat(out()).isEqualTo(FIRST + """
                2026-11-23T01:00:00Z  orders  pg2  + appeared  nodes.pg2, line 13: declared runs and accepts connections; observed is stopped; because it was shut down, and did not crash
                2026-11-23T01:00:00Z  orders  pg1  ? not seen  agent of db1 refused the connection  [CONNECT-001]
                2026-11-23T01:00:00Z  orders  pg1  = seen again
                2026-11-23T01:00:00Z  orders  pg2  - vanished  nodes.pg2, line 13: declared runs and accepts connections; last observed is stopped
                2026-11-23T01:00:00Z  orders  orders.yaml  = in sync
                """);
        assertThat(prompt.err()).isEmpty();
    }

    @Test
    void itEndsWithWhatTheLastWholeRunCameTo() {
        agents.atTheNextLooksAt("orders", DriftWatchTest::nothingHappens, this::stopPg2, () -> {
            startPg2();
            prompt.pressCtrlC();
        });

        assertThat(watch())
                .as("the run that was given up saw no difference any more")
                .isEqualTo(3);

        assertThat(out()).contains("+ appeared").doesNotContain("- vanished");
    }

    @Test
    void everyRunReadsTheFilesAnew() {
        String fleet = directory.toString();
        assertThat(prompt.run("drift", fleet)).isZero();
        prompt.clear();
        String parts = Prompt.ORDERS
                .replace("cluster: orders", "cluster: parts")
                .replace("port: 19", "port: 29")
                .replace("/pg/", "/parts/");
        agents.atTheNextLooksAt(
                "orders",
                () -> prompt.write("parts.yaml", parts),
                () -> prompt.write("parts.yaml", parts.replace("primary: pg1", "primary: pg7")),
                DriftWatchTest::nothingHappens,
                () -> prompt.write("parts.yaml", parts),
                () -> delete("parts.yaml"),
                DriftWatchTest::nothingHappens,
                prompt::pressCtrlC);

        assertThat(run(fleet)).isZero();

        assertThat(out()).isEqualTo("""
                CLUSTER  NODES  IN SYNC  DIFFER  NOT SEEN  DIFFERENCES  FILE
                orders       2        2       0         0            0  orders.yaml
                2026-11-23T01:00:00Z  parts  parts.yaml  + added
                2026-11-23T01:00:00Z  parts  parts.yaml  = in sync
                2026-11-23T01:00:00Z  parts  parts.yaml  ! invalid  the primary is an unknown node "pg7", parts.yaml:2:10  [TOPOLOGY-015]
                2026-11-23T01:00:00Z  parts  parts.yaml  = valid
                2026-11-23T01:00:00Z  parts  parts.yaml  = in sync
                2026-11-23T01:00:00Z  parts  parts.yaml  - removed
                """);
    }

    @Test
    void aDirectoryThatIsEmptyForAWhileDoesNotEndIt() {
        agents.atTheNextLooksAt("orders", DriftWatchTest::nothingHappens, () -> delete("orders.yaml"));
        Thread operator = new Thread(() -> {
            awaitSaid("! no run");
            agents.atTheNextLooksAt("orders", DriftWatchTest::nothingHappens, prompt::pressCtrlC);
            move(prompt.write("orders.draft", Prompt.ORDERS), "orders.yaml");
        });
        operator.start();

        assertThat(run(directory.toString())).isZero();

        assertThat(out()).endsWith("""
                2026-11-23T01:00:00Z  -  -  ! no run  there is no topology file in DIRECTORY  [TOPOLOGY-031]
                2026-11-23T01:00:00Z  -  -  = run again
                """);
    }

    @Test
    void asJsonEveryRunThatChangesSomethingEndsWithItsNumbers() {
        agents.atTheNextLooksAt(
                "orders",
                DriftWatchTest::nothingHappens,
                DriftWatchTest::nothingHappens,
                this::stopPg2,
                prompt::pressCtrlC);

        assertThat(watch("-o", "json")).isEqualTo(3);

        assertThat(out()).isEqualTo("""
                {"at":"2026-11-23T01:00:00Z","event":"file_added","cluster":"orders","topology":"orders.yaml"}
                {"at":"2026-11-23T01:00:00Z","event":"in_sync","cluster":"orders","topology":"orders.yaml"}
                {"at":"2026-11-23T01:00:00Z","event":"run_finished","elapsed_ms":0,"clusters":1,"in_sync":1,"differ":0,"not_seen":0,"failed":0,"invalid":0,"differences":0}
                {"at":"2026-11-23T01:00:00Z","event":"difference_appeared","cluster":"orders","topology":"orders.yaml","node":"pg2","host":"db2","kind":"instance_stopped","path":"nodes.pg2","declared":"runs and accepts connections","observed":"is stopped","cause":"it was shut down, and did not crash","by_hand":null,"file":"orders.yaml","line":13}
                {"at":"2026-11-23T01:00:00Z","event":"run_finished","elapsed_ms":0,"clusters":1,"in_sync":0,"differ":1,"not_seen":0,"failed":0,"invalid":0,"differences":1}
                """);
    }

    @Test
    void aWatchThatNobodyReadsEnds() {
        prompt.fillTheDisk();

        assertThat(watch()).isZero();
    }

    @Test
    void itCannotBePressedIntoAJunitDocumentNorBeQuickerThanASecond() {
        assertThat(prompt.run("drift", prompt.orders(), "--watch", "60s", "-o", "junit"))
                .isEqualTo(2);
        assertThat(prompt.err()).isEqualTo("""
                Error: --watch has no end to close a JUnit document with: use -o text or -o json  [CLI-001]

                  Hint: "pgherder drift --help" shows what there is
                """);
        prompt.clear();
        assertThat(prompt.run("drift", prompt.orders(), "--watch", "999ms")).isEqualTo(2);
        assertThat(prompt.err()).startsWith("Error: --watch takes 1s or more  [CLI-001]\n");
        prompt.clear();
        assertThat(prompt.run("drift", prompt.orders(), "--metrics", ":9187")).isEqualTo(2);
        assertThat(prompt.err()).startsWith("Error: --metrics needs --watch: who runs once serves nobody  [CLI-001]\n");
        assertThat(prompt.out()).isEmpty();
    }

    @Test
    void theResultOfEachRunIsInTheFileAsAWhole() {
        String file = prompt.path("result.json");
        List<String> inSync = new ArrayList<>();
        agents.atTheNextLooksAt(
                "orders",
                DriftWatchTest::nothingHappens,
                () -> {
                    inSync.add(result(file));
                    stopPg2();
                },
                () -> {
                    inSync.add(result(file));
                    prompt.pressCtrlC();
                });

        assertThat(watch("--out", file)).isEqualTo(3);

        assertThat(inSync).containsExactly("true", "false");
        assertThat(files())
                .as("nothing is left beside it")
                .containsExactly("orders.yaml", "rep.password", "result.json");
    }

    @Test
    void theResultIsThatOfDriftAsJsonWithItsTime() {
        String file = prompt.path("result.json");
        assertThat(prompt.run("drift", prompt.orders(), "-o", "json", "--out", file))
                .isZero();

        JsonObject written = document(file);
        assertThat(written.get("at").getAsString()).isEqualTo("2026-11-23T01:00:00Z");
        assertThat(written.get("elapsed_ms").getAsInt()).isZero();
        assertThat(written.getAsJsonArray("clusters")).containsExactly(JsonParser.parseString(prompt.out()));
    }

    @Test
    void aFileThatCannotBeWrittenIsToldBeforeAnybodyIsAsked() {
        Prompt asking = Prompt.in(directory, Prompt.NOBODY);
        for (List<String> watching : List.of(List.<String>of(), List.of("--watch", "60s"))) {
            asking.clear();
            List<String> arguments =
                    new ArrayList<>(List.of("drift", asking.orders(), "--out", asking.path("no/r.json")));
            arguments.addAll(watching);

            assertThat(asking.run(arguments.toArray(String[]::new))).isEqualTo(1);

            assertThat(asking.err().replace(directory + "/", "")).isEqualTo("""
                    Error: cannot write the result to no/r.json  [CLI-011]

                      there is no directory no
                      Hint: does the directory exist, and may you write there?
                    """);
        }
    }

    @Test
    void aFileThatCanNoLongerBeWrittenDoesNotEndTheWatchAndIsToldOnce() throws IOException {
        Path place = Files.createDirectory(directory.resolve("results"));
        agents.atTheNextLooksAt(
                "orders",
                DriftWatchTest::nothingHappens,
                () -> delete("results/r.json", "results"),
                DriftWatchTest::nothingHappens,
                prompt::pressCtrlC);

        assertThat(watch("--out", place.resolve("r.json").toString())).isZero();

        assertThat(prompt.err().replace(directory + "/", "")).isEqualTo("""
                Error: cannot write the result to results/r.json  [CLI-011]

                  there is no directory results
                  Hint: does the directory exist, and may you write there?
                """);
    }

    @Test
    void theMetricsAreThoseOfTheLastRun() throws IOException {
        int port = freePort();
        List<String> fetched = new ArrayList<>();
        Runnable fetch = () -> fetched.add(get(port, "/metrics").body());
        prompt.write("broken.yaml", "cluster: broken\n");
        agents.atTheNextLooksAt(
                "orders",
                fetch,
                () -> {
                    stopPg2();
                    agents.silence("db1");
                },
                () -> {
                    fetch.run();
                    startPg2();
                    agents.hear("db1");
                },
                () -> {
                    fetch.run();
                    prompt.pressCtrlC();
                });

        assertThat(run(directory.toString(), "--metrics", "127.0.0.1:" + port)).isEqualTo(2);

        assertThat(fetched.get(0)).isEqualTo("""
                # TYPE pgherder_drift_runs counter
                # HELP pgherder_drift_runs Runs that have ended.
                pgherder_drift_runs_total 0
                # EOF
                """);
        assertThat(fetched.get(1).replace(directory + "/", "")).isEqualTo("""
                # TYPE pgherder_drift_runs counter
                # HELP pgherder_drift_runs Runs that have ended.
                pgherder_drift_runs_total 2
                # TYPE pgherder_drift_last_run_timestamp_seconds gauge
                # UNIT pgherder_drift_last_run_timestamp_seconds seconds
                # HELP pgherder_drift_last_run_timestamp_seconds When the last run ended.
                pgherder_drift_last_run_timestamp_seconds 1795395600.000
                # TYPE pgherder_drift_last_run_duration_seconds gauge
                # UNIT pgherder_drift_last_run_duration_seconds seconds
                # HELP pgherder_drift_last_run_duration_seconds How long the last run took.
                pgherder_drift_last_run_duration_seconds 0.000
                # TYPE pgherder_drift_cluster_compared gauge
                # HELP pgherder_drift_cluster_compared 1 if the cluster was looked at and compared, 0 if its file is invalid or it could not be looked at.
                pgherder_drift_cluster_compared{cluster="",topology="broken.yaml"} 0
                pgherder_drift_cluster_compared{cluster="orders",topology="orders.yaml"} 1
                # TYPE pgherder_drift_nodes gauge
                # HELP pgherder_drift_nodes Nodes of a cluster by what became of comparing them.
                pgherder_drift_nodes{cluster="orders",outcome="in_sync"} 0
                pgherder_drift_nodes{cluster="orders",outcome="differs"} 1
                pgherder_drift_nodes{cluster="orders",outcome="not_seen"} 1
                # TYPE pgherder_drift_differences gauge
                # HELP pgherder_drift_differences Differences of a cluster from its file, by kind.
                pgherder_drift_differences{cluster="orders",kind="instance_stopped"} 1
                # EOF
                """);
        assertThat(fetched.get(2))
                .as("a kind that was there stays, with none")
                .contains("pgherder_drift_runs_total 3\n")
                .contains("pgherder_drift_differences{cluster=\"orders\",kind=\"instance_stopped\"} 0\n");
    }

    @Test
    void onlyTheMetricsAreServedAndOnlyWhileItRuns() throws IOException {
        int port = freePort();
        List<HttpResponse<String>> answers = new ArrayList<>();
        agents.atTheNextLooksAt("orders", DriftWatchTest::nothingHappens, () -> {
            answers.add(get(port, "/metrics"));
            answers.add(get(port, "/"));
            answers.add(get(port, "/metrics/more"));
            answers.add(send(HttpRequest.newBuilder(at(port, "/metrics")).POST(BodyPublishers.ofString("x"))));
            answers.add(send(HttpRequest.newBuilder(at(port, "/metrics")).method("HEAD", BodyPublishers.noBody())));
            prompt.pressCtrlC();
        });

        assertThat(watch("--metrics", "[::ffff:127.0.0.1]:" + port)).isZero();

        assertThat(answers).extracting(HttpResponse::statusCode).containsExactly(200, 404, 404, 405, 405);
        assertThat(answers.get(0).headers().allValues("Content-Type"))
                .containsExactly("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(answers.get(3).headers().allValues("Allow")).containsExactly("GET");
        assertThat(isFree(port)).isTrue();
    }

    @Test
    void aPortThatIsTakenIsToldBeforeAnybodyIsAsked() throws IOException {
        Prompt asking = Prompt.in(directory, Prompt.NOBODY);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();

            assertThat(asking.run("drift", asking.orders(), "--watch", "60s", "--metrics", address))
                    .isEqualTo(1);

            assertThat(asking.err()).isEqualTo("""
                    Error: cannot serve metrics at %s  [CLI-012]

                      Address already in use
                      Hint: is it an address of this host, and a port that nobody else listens at? See: ss -ltn
                    """.formatted(address));
        }
    }

    @Test
    void anAddressThatIsNoneIsToldBeforeAnybodyIsAsked() {
        Prompt asking = Prompt.in(directory, Prompt.NOBODY);
        for (String none : List.of("9187", ":0", ":65536", "::1:9187", "http://localhost:9187", "")) {
            asking.clear();
            assertThat(asking.run("drift", asking.orders(), "--watch", "60s", "--metrics", none))
                    .as(none)
                    .isEqualTo(2);
        }
        asking.clear();
        assertThat(asking.run("drift", asking.orders(), "--watch", "60s", "--metrics", "nobody.invalid:9187"))
                .isEqualTo(1);
        assertThat(asking.err()).contains("nobody knows the name nobody.invalid");
    }

    private static void nothingHappens() {}

    private void stopPg2() {
        agents.cluster("orders").node(Orders.PG2).stop();
    }

    private void startPg2() {
        agents.cluster("orders").node(Orders.PG2).start();
    }

    /** Nobody is asked meanwhile, who could do something at that moment. */
    private void awaitSaid(String words) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!prompt.out().contains(words)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("never said: " + words);
            }
            Thread.onSpinWait();
        }
    }

    private int watch(String... options) {
        return run(prompt.orders(), options);
    }

    /** Without a pause between two runs. */
    private int run(String topology, String... options) {
        List<String> arguments = new ArrayList<>(List.of(topology, "--watch", "1ms"));
        arguments.addAll(List.of(options));
        return new CommandLine(new DriftCommand(prompt.surroundings(), Duration.ofMillis(1)))
                .execute(arguments.toArray(String[]::new));
    }

    private String result(String file) {
        return document(file)
                .getAsJsonArray("clusters")
                .get(0)
                .getAsJsonObject()
                .get("in_sync")
                .getAsString();
    }

    private static JsonObject document(String file) {
        try {
            return JsonParser.parseString(Files.readString(Path.of(file))).getAsJsonObject();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> files() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void delete(String... names) {
        for (String name : names) {
            try {
                Files.delete(directory.resolve(name));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    private void move(String from, String to) {
        try {
            Files.move(Path.of(from), directory.resolve(to), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static HttpResponse<String> get(int port, String path) {
        return send(HttpRequest.newBuilder(at(port, path)).GET());
    }

    private static URI at(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HttpClient.newHttpClient()
                    .send(request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            throw new AssertionError("nobody answers", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** Without the directory that the files are in. */
    private String out() {
        return prompt.out().replace(directory + "/", "").replace(directory.toString(), "DIRECTORY");
    }
}
