package io.pgherder.controller.report.text;

import io.pgherder.controller.problem.Place;
import io.pgherder.controller.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProblemTextTest {
    private final ProblemText plain = new ProblemText(Ink.PLAIN);

    @Test
    void problemInAFileShowsTheLineAndACaret() {
        Problem problem = Problem.of("TOPOLOGY-015", "node \"pg4\" follows an unknown node \"pg9\"")
                .about("nodes.pg4.follows")
                .at(new Place("orders.yaml", 21, 19, "  pg4: { follows: pg9 }"))
                .detail("nodes here: pg1, pg2")
                .hint("did you mean \"pg2\"?");

        assertThat(plain.render(problem)).isEqualTo("""
                        Error: node "pg4" follows an unknown node "pg9"  [TOPOLOGY-015]

                          orders.yaml:21:19  nodes.pg4.follows
                             |
                          21 |   pg4: { follows: pg9 }
                             |                   ^
                          nodes here: pg1, pg2
                          Hint: did you mean "pg2"?
                        """);
    }

    @Test
    void problemWithToolOutputShowsItsLastLines() {
        Problem problem = Problem.of("CLONE-003", "could not clone pg3 from pg1")
                .about("pg3")
                .toolOutput(List.of("pg_basebackup: error: could not write", "pg_basebackup: removing"));

        assertThat(plain.render(problem)).isEqualTo("""
                        Error: could not clone pg3 from pg1  [CLONE-003]

                          pg3
                          Last lines of its output:
                            pg_basebackup: error: could not write
                            pg_basebackup: removing
                        """);
    }

    @Test
    void severalProblemsStandApart() {
        assertThat(plain.render(List.of(Problem.of("A-001", "one"), Problem.of("A-002", "two"))))
                .isEqualTo("Error: one  [A-001]\n\nError: two  [A-002]\n");
    }

    @Test
    void controlCharactersCannotSteerTheTerminal() {
        assertThat(plain.render(Problem.of("A-001", "name \"\u001b[2J\"")))
                .isEqualTo("Error: name \"\ufffd[2J\"  [A-001]\n");
    }

    /** libpq begins the second line of a message with one. */
    @Test
    void tabOfAProgramIsShownAsSpaces() {
        Problem clone = Problem.of("CLONE-001", "could not clone pg4 from pg1")
                .toolOutput(List.of("connection closed", "\tThis probably means\u0007 ..."));

        assertThat(plain.render(clone)).isEqualTo("""
                Error: could not clone pg4 from pg1  [CLONE-001]

                  Last lines of its output:
                    connection closed
                        This probably means\ufffd ...
                """);
    }

    @Test
    void longLineIsCutAroundTheColumn() {
        String line = "x".repeat(1000) + "HERE" + "y".repeat(1000);

        CaretLine marked = CaretLine.of(line, 1001);

        assertThat(marked.text()).hasSize(116).startsWith("...x").endsWith("y...");
        assertThat(marked.text().charAt(marked.caret().indexOf('^'))).isEqualTo('H');
    }

    @Test
    void colourAddsNothingToTheWords() {
        Problem problem = Problem.of("A-001", "one")
                .at(new Place("f.yaml", 1, 1, "cluster: x"))
                .hint("why?");

        String coloured = new ProblemText(Ink.COLOUR).render(problem);

        assertThat(coloured).contains("\u001b[");
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain.render(problem));
    }
}
