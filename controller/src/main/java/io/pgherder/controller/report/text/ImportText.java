package io.pgherder.controller.report.text;

import io.pgherder.controller.importing.Imported;
import io.pgherder.controller.problem.Counted;
import io.pgherder.controller.problem.NextCommands;
import java.util.List;
import java.util.Optional;

/** What an import comes to, beside the file: what was found, what to look at in it, what was left out, and how to go on. */
public final class ImportText {
    private static final String GUESS = "# guess: ";

    private ImportText() {}

    /**
     * @param file empty: the file went to standard output
     * @param next the commands that follow
     */
    public static String render(Imported imported, Optional<String> file, NextCommands next) {
        StringBuilder text = new StringBuilder();
        List<String> nodes = imported.nodes();
        text.append(Counted.of(nodes.size(), "node")).append(" found: ").append(String.join(", ", nodes));
        text.append(" (").append(nodes.get(0)).append(" is the primary)\n");
        imported.leftOut()
                .forEach(why -> text.append("left out: ")
                        .append(ProblemText.visible(why))
                        .append('\n'));
        long guesses = imported.text()
                .lines()
                .filter(line -> line.strip().startsWith(GUESS))
                .count();
        text.append(
                guesses == 0
                        ? "nothing had to be guessed"
                        : Counted.of(guesses, "place") + " to look at, where it was guessed: grep 'guess:' "
                                + file.orElse("FILE"));
        text.append("\n\nNothing has been changed on any host. What next:\n");
        String shown = file.orElse("FILE");
        text.append("  export PGHERDER_REPLICATION_PASSWORD=...   # the present one\n");
        text.append("  ")
                .append(new NextCommands(List.of()).of("validate", shown))
                .append('\n');
        text.append("  ").append(next.of("plan", shown)).append("   # takes the nodes over, and restarts nothing\n");
        return text.toString();
    }
}
