package io.pgherder.controller.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class CommandsPageTest {
    private static final Path PAGE = Path.of("../docs/commands.md");
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*");

    @TempDir
    private Path directory;

    @Test
    void everyCommandAndEveryOptionIsOnThePageAndNoOther() throws IOException {
        TreeSet<String> real = new TreeSet<>();
        for (String command : List.of("validate", "drift", "plan", "apply", "status", "import")) {
            Matcher option = OPTION.matcher(help(command));
            while (option.find()) {
                real.add(option.group());
            }
            assertThat(Files.readString(PAGE)).contains("| `" + command + "` |");
        }
        TreeSet<String> documented = new TreeSet<>();
        Matcher option = OPTION.matcher(Files.readString(PAGE));
        while (option.find()) {
            documented.add(option.group());
        }
        real.add("--help");
        documented.add("--help");
        assertThat(documented).isEqualTo(real);
    }

    @Test
    void everyExitCodeIsOnThePage() throws IOException {
        String page = Files.readString(PAGE);
        for (ExitCode code : ExitCode.values()) {
            assertThat(page).contains("| " + code.number() + " | " + code + " |");
        }
    }

    private String help(String command) {
        Prompt prompt = Prompt.in(directory, Prompt.NOBODY);
        assertThat(prompt.run("help", command)).isZero();
        return prompt.out();
    }
}
