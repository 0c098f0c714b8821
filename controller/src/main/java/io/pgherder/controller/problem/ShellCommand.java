package io.pgherder.controller.problem;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Commands that a person is told to run: written so that a shell takes them as they were meant, also when they are pasted. */
public final class ShellCommand {
    private static final Pattern PLAIN = Pattern.compile("[\\w./:@%+,-]+");
    private static final String PGHERDER = of(ProgramName.here().toArray(String[]::new));

    private ShellCommand() {}

    /** {@code ./pgherder apply 'my orders.yaml'}: a command of this program, by the name that runs it from here. */
    public static String pgherder(String... words) {
        return PGHERDER + " " + of(words);
    }

    /** Any command, word by word. */
    public static String of(String... words) {
        return Arrays.stream(words).map(ShellCommand::word).collect(Collectors.joining(" "));
    }

    /** So that a shell takes it for one word. */
    private static String word(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
