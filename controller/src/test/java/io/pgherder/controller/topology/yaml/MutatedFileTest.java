package io.pgherder.controller.topology.yaml;

import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemsException;
import io.pgherder.controller.report.text.Ink;
import io.pgherder.controller.report.text.ProblemText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever becomes of a file, it is read or refused with words; nothing else ever comes out of the reader. Each repetition is one seed,
 * so that a failure can be replayed.
 */
class MutatedFileTest {
    private static final int MUTANTS = 60;
    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"",
            "'",
            "\n",
            "  ",
            "- ",
            "#",
            "&a ",
            "*a",
            "<<: ",
            "~",
            "null",
            "-1",
            "0",
            "99999999999",
            "pg1",
            "pg4",
            "db1",
            "off",
            "{port}",
            "{",
            "/",
            "..",
            "\t",
            "%",
            "!!int ",
            "|\n",
            "? ",
            "---\n",
            "é",
            "\u0000",
            "\\");
    private static final String WHOLE = OrdersFile.SOUND + """
            agents: { tls: tls }
            limits: { lag: 64MB, replay_lag: 30s, slot_wal: 10GB }
            settings:
              max_connections: 60
              listen_addresses: "{address}"
            hba:
              - host replication rep 10.0.0.0/16 scram-sha-256
              - host all all 10.0.0.1 255.255.255.0 scram-sha-256 map=x
            """;

    @TempDir
    private Path directory;

    @RepeatedTest(10)
    void mutatedFileIsReadOrRefusedWithWords(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        OrdersFile orders = new OrdersFile(directory);
        for (int i = 0; i < MUTANTS; i++) {
            String mutant = mutate(random);
            try {
                orders.instead(mutant).read();
            } catch (ProblemsException refused) {
                refused.problems().forEach(problem -> assertThatItHelps(problem, mutant));
            }
        }
    }

    private static void assertThatItHelps(Problem problem, String mutant) {
        assertThat(problem.hint()).as("hint of " + problem + " for:\n" + mutant).isNotBlank();
        assertThat(problem.place())
                .as("place of " + problem + " for:\n" + mutant)
                .isPresent();
        assertThat(new ProblemText(Ink.PLAIN).render(problem)).endsWith("\n");
    }

    private static String mutate(Random random) {
        String text = WHOLE;
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            text = random.nextBoolean() ? changeALine(text, random) : changeAPiece(text, random);
        }
        return text;
    }

    private static String changeAPiece(String text, Random random) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(8));
        String piece = PIECES.get(random.nextInt(PIECES.size()));
        return text.substring(0, from) + piece + text.substring(random.nextBoolean() ? to : from);
    }

    private static String changeALine(String text, Random random) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        int at = random.nextInt(lines.size());
        String line = lines.get(at);
        switch (random.nextInt(4)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.add(random.nextInt(lines.size()), line);
            case 2 -> lines.set(at, line.stripLeading());
            default ->
                lines.set(
                        at,
                        line.replaceFirst(
                                "[a-z_]+",
                                PIECES.get(random.nextInt(PIECES.size())).replace("\\", "")));
        }
        return String.join("\n", lines) + "\n";
    }
}
