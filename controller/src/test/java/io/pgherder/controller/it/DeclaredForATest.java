package io.pgherder.controller.it;

import io.pgherder.controller.testing.Eventually;
import io.pgherder.controller.testing.TestCluster;
import io.pgherder.controller.testing.WholeCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** What one test declares that no server can have, of which nothing is left after it: no reload is due, and no drift is told. */
final class DeclaredForATest {
    private final TestCluster cluster;
    private final String before;
    private final Map<String, String> managed;

    /** The files of the cluster as they are now are those that the test is to leave behind. */
    DeclaredForATest(TestCluster cluster) {
        this.cluster = cluster;
        this.before = text(cluster.topologyFile());
        this.managed = managed();
    }

    /** Of the topology file before the test. */
    String before() {
        return before;
    }

    /** Of pgherder.conf before the test. */
    String managedBefore(String node) {
        return requireNonNull(managed.get(node), node);
    }

    /** @param setting "work_mem: 5MB"; whatever was declared of it goes */
    void setting(String setting) {
        String name = setting.substring(0, setting.indexOf(':'));
        cluster.edit(text -> text.replaceAll("(?m)^  " + name + ":.*\n", "")
                .replace("settings:\n", "settings:\n  " + setting + "\n"));
    }

    /** What was written on the node that refused nothing. */
    void takeBack() {
        cluster.edit(text -> before);
        assertThat(cluster.pgherder("apply", "--yes").run().exitCode()).isZero();
    }

    void awaitStreaming() {
        Eventually.await(
                "n2 streams",
                Duration.ofSeconds(10),
                () -> cluster.followers("n1").contains("n2"));
    }

    void assertNothingIsLeft() throws IOException {
        Files.writeString(cluster.topologyFile(), before);
        assertThat(managed()).isEqualTo(managed);
        assertThat(cluster.pgherder("plan", "--detailed-exitcode").run().exitCode())
                .isZero();
        assertThat(cluster.pgherder("drift").run().exitCode()).isZero();
        WholeCluster.assertWhole(cluster);
    }

    /** Where the agent keeps what it knows of its only instance. */
    Path stateOf(String host) throws IOException {
        try (Stream<Path> files = Files.walk(cluster.agent(host).state())) {
            return files.filter(file -> file.endsWith("mark.properties"))
                    .map(Path::getParent)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Map<String, String> managed() {
        Map<String, String> texts = new TreeMap<>();
        for (TestCluster.Node node : cluster.nodes()) {
            texts.put(node.name(), text(cluster.dataDirectory(node.name()).resolve("pgherder.conf")));
        }
        return texts;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
