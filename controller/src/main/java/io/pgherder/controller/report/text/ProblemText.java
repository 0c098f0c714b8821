package io.pgherder.controller.report.text;

import io.pgherder.controller.problem.Place;
import io.pgherder.controller.problem.Problem;
import java.util.List;
import java.util.stream.Collectors;

import static java.util.Objects.requireNonNull;

/**
 * Problems as a person reads them: a summary with its code, where it is (the line of the file, a caret under the column), the facts, the
 * program's own last words, a hint.
 *
 * <pre>{@code
 * Error: node "pg4" follows an unknown node "pg9"  [TOPOLOGY-015]
 *
 *   orders.yaml:21:42  nodes.pg4.follows
 *      |
 *   21 |   pg4: { host: db2, port: 1924, follows: pg9 }
 *      |                                          ^
 *   Hint: did you mean "pg2"?
 * }</pre>
 */
public final class ProblemText {
    private static final String INDENT = "  ";
    private static final String TAB = "    ";

    private final Ink ink;

    public ProblemText(Ink ink) {
        this.ink = requireNonNull(ink, "ink is null");
    }

    /** Each problem with an empty line before the next; ends with a line end. */
    public String render(List<Problem> problems) {
        return render(problems, ink.red("Error:"));
    }

    /** Those that have not failed anything yet, but would. */
    String renderObstacles(List<Problem> problems) {
        return render(problems, ink.yellow("In the way:"));
    }

    /** Ends with a line end. */
    public String render(Problem problem) {
        return render(problem, ink.red("Error:"));
    }

    private String render(List<Problem> problems, String label) {
        return problems.stream().map(problem -> render(problem, label)).collect(Collectors.joining("\n"));
    }

    private String render(Problem problem, String label) {
        StringBuilder text = new StringBuilder();
        text.append(label).append(' ').append(ink.bold(visible(problem.summary())));
        text.append(INDENT).append(ink.dim("[" + problem.code() + "]")).append('\n');
        StringBuilder body = new StringBuilder();
        problem.place().ifPresentOrElse(place -> where(body, place, problem.subject()), () -> about(body, problem));
        problem.details().forEach(fact -> line(body, visible(fact)));
        if (!problem.toolOutput().isEmpty()) {
            line(body, "Last lines of its output:");
            problem.toolOutput().forEach(said -> line(body, INDENT + visible(said)));
        }
        if (!problem.hint().isEmpty()) {
            line(body, ink.bold("Hint:") + " " + visible(problem.hint()));
        }
        return body.isEmpty() ? text.toString() : text.append('\n').append(body).toString();
    }

    private void where(StringBuilder body, Place place, String subject) {
        line(body, visible(place + (subject.isEmpty() ? "" : INDENT + subject)));
        if (!place.lineText().isEmpty()) {
            CaretLine marked = CaretLine.of(place.lineText(), place.column());
            String number = Integer.toString(place.line());
            String margin = " ".repeat(number.length());
            line(body, ink.dim(margin + " |"));
            line(body, ink.dim(number + " |") + " " + visible(marked.text()));
            line(body, ink.dim(margin + " |") + " " + ink.red(marked.caret()));
        }
    }

    private void about(StringBuilder body, Problem problem) {
        if (!problem.subject().isEmpty()) {
            line(body, visible(problem.subject()));
        }
    }

    private static void line(StringBuilder body, String text) {
        body.append(INDENT).append(text).append('\n');
    }

    /** What comes from a file or a program must not be able to steer the terminal. */
    static String visible(String text) {
        return text.replace("\t", TAB)
                .codePoints()
                .map(point -> Character.isISOControl(point) ? '\ufffd' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
