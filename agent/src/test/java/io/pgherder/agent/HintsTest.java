package io.pgherder.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** An agent knows neither where the controller runs nor the topology file: a command of it would not work as typed. */
class HintsTest {
    private static final Pattern COMMAND_OF_THE_CONTROLLER =
            Pattern.compile("^[^*/]*pgherder (?:validate|plan|apply|status|demo|switchover|failover|rebuild)\\b");

    @Test
    void agentsTellNobodyToTypeACommandOfTheController() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src", "main", "java"))) {
            assertThat(sources.filter(path -> path.toString().endsWith(".java"))
                            .flatMap(path -> lines(path).stream())
                            .filter(line ->
                                    COMMAND_OF_THE_CONTROLLER.matcher(line).find()))
                    .isEmpty();
        }
    }

    private static List<String> lines(Path source) {
        try {
            return Files.readAllLines(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
