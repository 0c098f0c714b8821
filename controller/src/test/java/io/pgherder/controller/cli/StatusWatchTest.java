package io.pgherder.controller.cli;

import io.pgherder.controller.execution.Stop;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** {@code status --watch}, from the first look to Ctrl-C. */
class StatusWatchTest {
    private static final String TOPOLOGY = """
            cluster: orders
            primary: pg1
            postgres: { version: 15 }
            replication: { user: rep, password: { file: rep.password } }
            agents: { tls: tls }
            hosts:
              db1: { address: 10.0.1.11 }
              db2: { address: 10.0.1.12 }
            defaults: { data_dir: "/data01/pg/{node}" }
            nodes:
              pg1: { host: db1, port: 1921 }
              pg2: { host: db2, port: 1922 }
            """;

    private static final String NO_WRAP = "\u001b[?7l";
    private static final String WRAP = "\u001b[?7h";

    @TempDir
    private Path directory;

    private final SimulatedAgents agents = new SimulatedAgents();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<Stop> stops = new ArrayList<>();
    private boolean terminal;
    private String topology = "";

    @BeforeEach
    void buildTheCluster() throws IOException {
        Path password = Files.writeString(directory.resolve("rep.password"), "sesame");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        topology = Files.writeString(directory.resolve("orders.yaml"), TOPOLOGY).toString();
        assertThat(Pgherder.run(surroundings(), "apply", topology, "--yes")).isZero();
        out.reset();
        stops.clear();
    }

    @Test
    void inAPipeEveryLookFollowsTheOneBeforeAndNothingIsErased() {
        String whole = once();
        agents.atTheNextLooks(() -> {}, () -> agents.silence("db2"), this::pressCtrlC);

        assertThat(watch()).as("the end by Ctrl-C is no failure").isZero();

        String withoutDb2 = once();
        assertThat(out()).isEqualTo(whole + withoutDb2 + withoutDb2);
        assertThat(withoutDb2).contains("no answer").isNotEqualTo(whole);
    }

    @Test
    void onATerminalEveryLookTakesThePlaceOfTheOneBeforeHoweverHighThatWas() {
        terminal = true;
        String whole = once();
        agents.atTheNextLooks(() -> {}, () -> agents.silence("db2"), this::pressCtrlC);

        assertThat(watch()).isZero();

        String withoutDb2 = once();
        assertThat(out())
                .isEqualTo(NO_WRAP
                        + whole
                        + WRAP
                        + NO_WRAP
                        + erased(whole)
                        + withoutDb2
                        + WRAP
                        + NO_WRAP
                        + erased(withoutDb2)
                        + withoutDb2
                        + WRAP);
    }

    @Test
    void asJsonEveryLookIsOneLine() {
        agents.atTheNextLooks(() -> {}, this::pressCtrlC);

        assertThat(watch("-o", "json")).isZero();

        assertThat(out().lines()).hasSize(2).allMatch(line -> line.startsWith("{\"cluster\":\"orders\""));
    }

    @Test
    void whenNobodyAnswersItGoesOnLooking() {
        agents.silence("db1");
        agents.silence("db2");
        agents.atTheNextLooks(() -> {}, () -> {}, this::pressCtrlC);

        assertThat(watch("-o", "json")).isZero();

        assertThat(out().lines()).hasSize(3);
    }

    @Test
    void severalClustersCannotBeWatchedAtOnce() throws IOException {
        Path other = Files.writeString(directory.resolve("others.yaml"), TOPOLOGY);

        assertThat(Pgherder.run(surroundings(), "status", topology, other.toString(), "--watch"))
                .isEqualTo(2);
    }

    private void pressCtrlC() {
        stops.forEach(Stop::ask);
    }

    /** What a single look shows now. */
    private String once() {
        ByteArrayOutputStream watched = new ByteArrayOutputStream();
        watched.writeBytes(out.toByteArray());
        out.reset();
        Pgherder.run(surroundings(), "status", topology);
        String shown = out();
        out.reset();
        out.writeBytes(watched.toByteArray());
        return shown;
    }

    private static String erased(String text) {
        return "\u001b[" + text.lines().count() + "A\u001b[J";
    }

    private int watch(String... options) {
        List<String> arguments = new ArrayList<>(List.of(topology, "--watch"));
        arguments.addAll(List.of(options));
        return new CommandLine(new StatusCommand(surroundings(), Duration.ofMillis(1)))
                .execute(arguments.toArray(String[]::new));
    }

    private Surroundings surroundings() {
        return new Surroundings(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, UTF_8),
                new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
                new Terminals(false, terminal, false),
                Map.of("HOME", directory.toString(), "NO_COLOR", "1"),
                Clock.fixed(Instant.parse("2026-11-23T01:00:00Z"), ZoneOffset.UTC),
                agents,
                stops::add);
    }

    private String out() {
        return out.toString(UTF_8);
    }
}
