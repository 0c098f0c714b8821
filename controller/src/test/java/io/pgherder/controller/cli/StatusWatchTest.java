package io.pgherder.controller.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code status --watch}, from the first look to Ctrl-C. */
class StatusWatchTest {
    private static final String NO_WRAP = "\u001b[?7l";
    private static final String WRAP = "\u001b[?7h";

    private final SimulatedAgents agents = new SimulatedAgents();
    private final Prompt prompt;

    StatusWatchTest(@TempDir Path directory) {
        prompt = Prompt.in(directory, agents);
        prompt.set("NO_COLOR", "1");
    }

    @BeforeEach
    void buildTheCluster() {
        assertThat(prompt.run("apply", prompt.orders(), "--yes")).isZero();
        prompt.clear();
    }

    @Test
    void inAPipeEveryLookFollowsTheOneBeforeAndNothingIsErased() {
        String whole = once();
        agents.atTheNextLooks(() -> {}, () -> agents.silence("db2"), prompt::pressCtrlC);

        assertThat(watch()).as("the end by Ctrl-C is no failure").isZero();

        String shown = prompt.out();
        String withoutDb2 = once();
        assertThat(shown).isEqualTo(whole + withoutDb2 + withoutDb2);
        assertThat(withoutDb2).contains("no answer").isNotEqualTo(whole);
    }

    @Test
    void onATerminalEveryLookTakesThePlaceOfTheOneBeforeHoweverHighThatWas() {
        prompt.on(new Terminals(false, true, false));
        String whole = once();
        agents.atTheNextLooks(() -> {}, () -> agents.silence("db2"), prompt::pressCtrlC);

        assertThat(watch()).isZero();

        String shown = prompt.out();
        String withoutDb2 = once();
        assertThat(shown)
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
        agents.atTheNextLooks(() -> {}, prompt::pressCtrlC);

        assertThat(watch("-o", "json")).isZero();

        assertThat(prompt.out().lines()).hasSize(2).allMatch(line -> line.startsWith("{\"cluster\":\"orders\""));
    }

    @Test
    void whenNobodyAnswersItGoesOnLooking() {
        agents.silence("db1");
        agents.silence("db2");
        agents.atTheNextLooks(() -> {}, () -> {}, prompt::pressCtrlC);

        assertThat(watch("-o", "json")).isZero();

        assertThat(prompt.out().lines()).hasSize(3);
    }

    @Test
    void severalClustersCannotBeWatchedAtOnce() {
        String others = prompt.write("others.yaml", Prompt.ORDERS.replace("cluster: orders", "cluster: others"));

        assertThat(prompt.run("status", prompt.orders(), others, "--watch")).isEqualTo(2);
    }

    /** What a single look shows now. */
    private String once() {
        prompt.clear();
        prompt.run("status", prompt.orders());
        String shown = prompt.out();
        prompt.clear();
        return shown;
    }

    private static String erased(String text) {
        return "\u001b[" + text.lines().count() + "A\u001b[J";
    }

    private int watch(String... options) {
        List<String> arguments = new ArrayList<>(List.of(prompt.orders(), "--watch"));
        arguments.addAll(List.of(options));
        return new CommandLine(new StatusCommand(prompt.surroundings(), Duration.ofMillis(1)))
                .execute(arguments.toArray(String[]::new));
    }
}
