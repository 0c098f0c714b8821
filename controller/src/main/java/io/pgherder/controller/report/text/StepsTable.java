package io.pgherder.controller.report.text;

import io.pgherder.controller.plan.Impact;
import io.pgherder.controller.plan.Step;
import io.pgherder.controller.report.PlanImpact;
import io.pgherder.controller.report.PlanReport;
import java.util.List;
import java.util.StringJoiner;

import static io.pgherder.controller.report.text.PlanText.pad;
import static io.pgherder.controller.report.text.PlanText.widest;
import static java.util.Objects.requireNonNull;

/** The steps of a plan: number, node, what is done with the reason below it, what it comes after, what it costs. */
final class StepsTable {
    private static final int NARROWEST_WHAT = 40;
    private static final int WIDEST_WHAT = 60;
    private static final int WIDEST_REASON = 80;

    private final Ink ink;

    StepsTable(Ink ink) {
        this.ink = requireNonNull(ink, "ink is null");
    }

    String render(PlanReport report) {
        List<Step> steps = report.plan().steps();
        PlanImpact impacts = new PlanImpact(report);
        int numbers = Math.max(3, Integer.toString(steps.size()).length() + 1);
        int nodes =
                widest(steps.stream().map(step -> step.action().node().value()).toList());
        int indent = 2 + numbers + nodes + 2;
        int what = width(steps);
        int after = Math.max(5, widest(steps.stream().map(StepsTable::after).toList()));
        StringBuilder table = new StringBuilder();
        table.append(ink.bold(pad("Steps", indent + what + 2) + pad("after", after) + "  impact"))
                .append('\n');
        for (Step step : steps) {
            List<String> words = Wrapped.lines(ProblemText.visible(step.action().words()), what);
            table.append(pad(
                            " ".repeat(numbers - Integer.toString(step.number()).length()) + step.number(), numbers))
                    .append("  ")
                    .append(pad(step.action().node().value(), nodes))
                    .append("  ")
                    .append(pad(words.get(0), what))
                    .append("  ")
                    .append(pad(after(step), after))
                    .append("  ")
                    .append(impact(impacts.of(step)))
                    .append('\n');
            words.stream().skip(1).forEach(more -> below(table, indent, more));
            for (String line :
                    Wrapped.lines(ProblemText.visible(reason(report, step)), Math.max(WIDEST_REASON, what))) {
                below(table, indent, ink.dim(line));
            }
        }
        return table.append('\n').toString();
    }

    private static int width(List<Step> steps) {
        int widest = widest(steps.stream().map(step -> step.action().words()).toList());
        return Math.max(NARROWEST_WHAT, Math.min(WIDEST_WHAT, widest));
    }

    /** "-", "8", "3-7" or "1,15,16": three or more in a row are shown by the first and the last. */
    private static String after(Step step) {
        if (step.after().isEmpty()) {
            return "-";
        }
        StringJoiner numbers = new StringJoiner(",");
        List<Integer> rest = List.copyOf(step.after());
        while (!rest.isEmpty()) {
            int first = rest.get(0);
            int inARow = 1;
            while (inARow < rest.size() && rest.get(inARow) == first + inARow) {
                inARow++;
            }
            int taken = inARow < 3 ? 1 : inARow;
            numbers.add(taken == 1 ? "" + first : first + "-" + rest.get(taken - 1));
            rest = rest.subList(taken, rest.size());
        }
        return numbers.toString();
    }

    private String impact(Impact impact) {
        return impact.compareTo(Impact.RESTART) >= 0 ? ink.yellow(impact.words()) : impact.words();
    }

    private static String reason(PlanReport report, Step step) {
        return step.reason().text()
                + report.placeOf(step.reason()).map(place -> " (" + place + ")").orElse("");
    }

    private static void below(StringBuilder table, int indent, String text) {
        table.append(" ".repeat(indent)).append(text).append('\n');
    }
}
