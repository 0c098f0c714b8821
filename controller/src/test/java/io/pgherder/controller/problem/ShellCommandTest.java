package io.pgherder.controller.problem;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class ShellCommandTest {
    @Test
    void whatAShellTakesAsItStandsIsNotQuoted() {
        assertThat(ShellCommand.pgherder("apply", "/srv/pgherder/inventories/t5.yaml", "--plan", "t5.plan"))
                .isEqualTo("pgherder apply /srv/pgherder/inventories/t5.yaml --plan t5.plan");
    }

    @Test
    void whatAShellWouldTakeApartIsQuoted() {
        assertThat(ShellCommand.of("cat", "/srv/a checkout/t5.yaml")).isEqualTo("cat '/srv/a checkout/t5.yaml'");
        assertThat(ShellCommand.of("cat", "/srv/bob's/t5.yaml")).isEqualTo("cat '/srv/bob'\\''s/t5.yaml'");
        assertThat(ShellCommand.of("/srv/a&b/pgherder", "")).isEqualTo("'/srv/a&b/pgherder' ''");
    }

    @Test
    void aShellHearsTheWordsThatWereMeant() throws IOException {
        List<String> words = List.of(
                "a b",
                "it's",
                "$HOME",
                "`id`",
                "x;y",
                "<(z)",
                "*",
                "~root",
                "A=b",
                "back\\slash",
                "\"quoted\"",
                "#1",
                "ü",
                "");

        String heard = run("printf '[%s]' " + ShellCommand.of(words.toArray(String[]::new)));

        assertThat(heard).isEqualTo("[" + String.join("][", words) + "]");
    }

    /** The script is read, not passed: the arguments of a program are in the charset of the locale, whatever that has. */
    private static String run(String script) throws IOException {
        Process shell = new ProcessBuilder("sh", "-s").start();
        try (OutputStream input = shell.getOutputStream()) {
            input.write(script.getBytes(UTF_8));
        }
        return new String(shell.getInputStream().readAllBytes(), UTF_8);
    }
}
