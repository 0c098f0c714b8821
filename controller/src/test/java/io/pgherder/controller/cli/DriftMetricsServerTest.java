package io.pgherder.controller.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code drift --watch --metrics} serves over HTTP, and where it cannot. */
@Timeout(60)
class DriftMetricsServerTest {
    private final Path directory;
    private final WatchedOrders orders;

    DriftMetricsServerTest(@TempDir Path directory) {
        this.directory = directory;
        orders = new WatchedOrders(directory);
    }

    @Test
    void theMetricsAreThoseOfTheLastRun() throws IOException {
        int port = freePort();
        List<String> fetched = new ArrayList<>();
        Runnable fetch = () -> fetched.add(get(port, "/metrics").body());
        orders.prompt.write("broken.yaml", "cluster: broken\n");
        orders.agents.atTheNextLooksAt(
                "orders",
                fetch,
                () -> {
                    orders.stopPg2();
                    orders.agents.silence("db1");
                },
                () -> {
                    fetch.run();
                    orders.startPg2();
                    orders.agents.hear("db1");
                },
                () -> {
                    fetch.run();
                    orders.prompt.pressCtrlC();
                });

        assertThat(orders.run(directory.toString(), "--metrics", "127.0.0.1:" + port))
                .isEqualTo(2);

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
        orders.agents.atTheNextLooksAt("orders", WatchedOrders::nothingHappens, () -> {
            answers.add(get(port, "/metrics"));
            answers.add(get(port, "/"));
            answers.add(get(port, "/metrics/more"));
            answers.add(send(HttpRequest.newBuilder(at(port, "/metrics")).POST(BodyPublishers.ofString("x"))));
            answers.add(send(HttpRequest.newBuilder(at(port, "/metrics")).method("HEAD", BodyPublishers.noBody())));
            orders.prompt.pressCtrlC();
        });

        assertThat(orders.watch("--metrics", "[::ffff:127.0.0.1]:" + port)).isZero();

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
}
