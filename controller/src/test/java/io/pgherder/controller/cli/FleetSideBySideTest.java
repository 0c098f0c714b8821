package io.pgherder.controller.cli;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Who only looks looks at all clusters of a fleet at the same time: as slow as the slowest, not as all of them together. */
class FleetSideBySideTest {
    private final SimulatedFleet agents = new SimulatedFleet();
    private final Path directory;
    private final Prompt prompt;

    FleetSideBySideTest(@TempDir Path directory) {
        this.directory = directory;
        prompt = Prompt.in(directory, agents);
        prompt.write(
                "parts.yaml",
                Prompt.ORDERS.replace("orders", "parts").replace("192", "292").replace("/data01", "/data02"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan", "status", "drift"})
    void eachIsAskedBeforeTheOtherHasAnswered(String command) {
        CountDownLatch bothAreAsked = new CountDownLatch(2);
        agents.atTheNextLooksAt("orders", () -> meet(bothAreAsked));
        agents.atTheNextLooksAt("parts", () -> meet(bothAreAsked));

        assertThat(prompt.run(command, directory.toString())).as(prompt.err()).isZero();

        assertThat(bothAreAsked.getCount()).isZero();
        assertThat(prompt.out().indexOf("orders"))
                .as("in the files' order")
                .isLessThan(prompt.out().indexOf("parts"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan", "status", "drift"})
    void aDefectMetWithOneHidesNoOther(String command) {
        agents.atTheNextLooksAt("orders", () -> {
            throw new IllegalStateException("unforeseen");
        });

        assertThat(prompt.run(command, directory.toString())).isEqualTo(1);

        assertThat(prompt.out() + prompt.err())
                .contains("[CLI-007]", "unforeseen", "parts")
                .doesNotContain("\tat ");
    }

    /** Each cluster has two hosts. */
    @ParameterizedTest
    @CsvSource({"plan, 1", "status, 1", "drift, 1", "plan, 3", "status, 3", "drift, 3"})
    void allOfThemTogetherAskNoMoreAgentsAtATimeThanParallelSays(String command, int parallel) {
        agents.answerOnceAskedAtATime(parallel);

        assertThat(prompt.run(command, directory.toString(), "--parallel", Integer.toString(parallel)))
                .as(prompt.err())
                .isZero();

        assertThat(agents.mostAtATime()).isEqualTo(parallel);
    }

    /** Two hosts each, and two of the default's places left. */
    @ParameterizedTest
    @ValueSource(strings = {"plan", "status", "drift"})
    void ofManyClustersAsManyAgentsAreAskedAtATimeAsParallelSays(String command) {
        IntStream.range(0, 29)
                .forEach(number -> prompt.write(
                        "more%02d.yaml".formatted(number),
                        Prompt.ORDERS
                                .replace("orders", "more%02d".formatted(number))
                                .replace("192", Integer.toString(300 + number))
                                .replace("/data01", "/more%02d".formatted(number))));
        agents.answerOnceAskedAtATime(62);

        assertThat(prompt.run(command, directory.toString())).as(prompt.err()).isZero();

        assertThat(agents.mostAtATime()).isEqualTo(62);
    }

    private static void meet(CountDownLatch all) {
        all.countDown();
        try {
            assertThat(all.await(10, TimeUnit.SECONDS))
                    .as("the other one is asked meanwhile")
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
