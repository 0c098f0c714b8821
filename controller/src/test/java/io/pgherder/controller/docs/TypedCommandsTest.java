package io.pgherder.controller.docs;

import io.pgherder.agent.AgentConfigReader;
import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.controller.cli.Pgherder;
import io.pgherder.controller.cli.Surroundings;
import io.pgherder.controller.cli.Terminals;
import io.pgherder.controller.simulation.TopologyAgents;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/** What a reader types from the pages is understood: every command with its options, every line of an agent's configuration. */
class TypedCommandsTest {
    private static final Pattern FENCE = Pattern.compile("(?ms)^```[a-z]*\\n(.*?)^```$");
    private static final Pattern COMMAND =
            Pattern.compile("(?m)^ *(?:\\$ )?(?:time )?(?:[A-Z_]+=\\S+ )*(?:\\./)?pgherder ([a-z-].*)$");
    private static final Pattern KEY = Pattern.compile("(?m)^([a-z_]+) = .*$");
    private static final Pattern OPTION_OF_THE_AGENT = Pattern.compile("(?<![\\w-])--[a-z]+");

    @TempDir
    private Path directory;

    /** As typed after {@code pgherder}, without comments. */
    static Stream<String> commands() {
        return Documentation.pages().stream()
                .map(Documentation::read)
                .flatMap(TypedCommandsTest::fenced)
                .flatMap(block -> COMMAND.matcher(block).results().map(found -> found.group(1)))
                .map(command -> command.replaceFirst("\\s+#.*", "").strip())
                .distinct();
    }

    @ParameterizedTest(name = "pgherder {0}")
    @MethodSource("commands")
    void isUnderstood(String command) {
        List<String> words = List.of(command.split("\\s+"));
        if (words.get(0).equals("agent")) {
            assertThat(optionsOfTheAgent()).containsAll(optionsIn(command));
        } else {
            assertThatCode(() -> Pgherder.parse(nobody(), words.toArray(String[]::new)))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void thereAreCommandsOnThePages() {
        assertThat(commands())
                .contains("demo", "agent --config agent.properties")
                .hasSizeGreaterThan(10);
    }

    @Test
    void theAgentsConfigurationIsKnownAndNothingThatItKnowsIsLeftOut() {
        String page = Documentation.page("docs/first-cluster.md");
        String block = fenced(page)
                .filter(text -> text.startsWith("listen = "))
                .findFirst()
                .orElseThrow();
        TreeSet<String> shown = KEY.matcher(block)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(known()).containsAll(shown);
        assertThat(known())
                .as("every key is shown in the example or named below it")
                .allMatch(key -> shown.contains(key) || page.contains("`" + key + "`"));
    }

    /** The agent says what it knows when it meets what it does not know. */
    private List<String> known() {
        AgentConfigReader reader = new AgentConfigReader();
        try {
            reader.read(Files.writeString(directory.resolve("agent.properties"), "zzzzzzzzzz = 1\n"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        String known = reader.problems().stream()
                .map(AgentProblem::hint)
                .filter(hint -> hint.startsWith("known are "))
                .findFirst()
                .orElseThrow();
        return List.of(known.substring("known are ".length()).split(", "));
    }

    private static Surroundings nobody() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        return new Surroundings(
                InputStream.nullInputStream(),
                nowhere,
                nowhere,
                Terminals.NONE,
                Map.of(),
                Clock.systemUTC(),
                (TopologyAgents) (topology, tls, timeout) -> {
                    throw new AssertionError("nobody is to be contacted");
                },
                stop -> {});
    }

    private static List<String> optionsOfTheAgent() {
        return optionsIn(Documentation.page("agent/src/main/java/io/pgherder/agent/Main.java"));
    }

    private static List<String> optionsIn(String text) {
        return OPTION_OF_THE_AGENT
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static Stream<String> fenced(String page) {
        List<String> blocks = new ArrayList<>();
        Matcher fence = FENCE.matcher(page);
        while (fence.find()) {
            blocks.add(fence.group(1));
        }
        return blocks.stream();
    }
}
