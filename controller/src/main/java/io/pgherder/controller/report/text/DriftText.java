package io.pgherder.controller.report.text;

import io.pgherder.controller.drift.ClusterDrift;
import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.Outcome;
import io.pgherder.controller.drift.Unseen;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.problem.Counted;
import io.pgherder.controller.problem.NextCommands;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.report.DriftReport;
import io.pgherder.controller.topology.NodeSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/** How a cluster differs from its file, as a person reads it: node by node, each difference with its cause and what helps. */
public final class DriftText {
    private static final String INDENT = "      ";

    private final Ink ink;

    public DriftText(Ink ink) {
        this.ink = requireNonNull(ink, "ink is null");
    }

    /** Ends with a line end. */
    public String render(DriftReport report) {
        StringBuilder text = new StringBuilder(ClusterHeader.of(report.look())).append("\n\n");
        List<NodeSpec> nodes = report.nodes();
        int names =
                PlanText.widest(nodes.stream().map(node -> node.name().value()).toList());
        int roles = PlanText.widest(
                nodes.stream().map(node -> role(report, node.name())).toList());
        nodes.forEach(node -> node(report, node.name(), names, roles, text));
        hosts(report, text);
        return text.append('\n').append(result(report)).toString();
    }

    /** What it comes to, in one line. Ends with a line end. */
    public String result(DriftReport report) {
        ClusterDrift drift = report.drift();
        String cluster = report.look().cluster();
        String file = report.look().file().displayPath();
        if (drift.isInSync()) {
            return ink.green("No drift: " + cluster + " is as " + file + " says.") + "\n";
        }
        if (!drift.differs()) {
            return ink.yellow("No drift found, but " + unseen(report) + " of " + cluster
                            + " could not be compared with " + file + ".")
                    + "\n";
        }
        String nodes = Stream.of(Outcome.DIFFERS, Outcome.IN_SYNC, Outcome.NOT_SEEN)
                .filter(outcome -> outcome != Outcome.NOT_SEEN || report.nodes(outcome) > 0)
                .map(outcome -> report.nodes(outcome) + " " + words(outcome, report.nodes(outcome)))
                .collect(Collectors.joining(", "));
        return ink.yellow("Drift: " + Counted.of(drift.differences().size(), "difference") + " of " + cluster + " from "
                        + file + "; " + nodes + hosts(report) + unseenHosts(report) + ".")
                + "\n";
    }

    private static String unseen(DriftReport report) {
        long nodes = report.nodes(Outcome.NOT_SEEN);
        int hosts = report.drift().unseenHosts().size();
        return Stream.of(nodes == 0 ? "" : Counted.of(nodes, "node"), hosts == 0 ? "" : Counted.of(hosts, "host"))
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining(" and "));
    }

    /** That a node of theirs differs it does not say. */
    private static String hosts(DriftReport report) {
        int hosts = byHost(report).size();
        return switch (hosts) {
            case 0 -> "";
            case 1 -> "; 1 host differs";
            default -> "; " + hosts + " hosts differ";
        };
    }

    private static String unseenHosts(DriftReport report) {
        int hosts = report.drift().unseenHosts().size();
        return hosts == 0 ? "" : "; " + Counted.of(hosts, "host") + " not seen";
    }

    /** What a person may do next; empty if no plan would help. Ends with a line end. */
    public static String next(DriftReport report, NextCommands next) {
        long closable = report.closable();
        if (closable == 0) {
            return "";
        }
        int differences = report.drift().differences().size();
        String which = closable < differences ? closable + " of them" : differences == 1 ? "it" : "them";
        return "\nNothing has been changed. "
                + refusal(report.refusals())
                        .map(refused -> refused + "\nTo see what is in the way of closing " + which)
                        .orElseGet(() -> "To see the steps that would close " + which)
                + ":\n  "
                + next.also(report.limit().words())
                        .of("plan", report.look().file().displayPath()) + "\n";
    }

    private static Optional<String> refusal(List<Problem> refusals) {
        int more = refusals.size() - 1;
        return refusals.stream()
                .findFirst()
                .map(first -> "Apply would be refused: " + ProblemText.visible(first.summary()) + "  [" + first.code()
                        + "]" + (more > 0 ? ", and " + Counted.of(more, "more problem") : "") + ".");
    }

    private void node(DriftReport report, NodeName node, int names, int roles, StringBuilder text) {
        Outcome outcome = report.drift().outcome(node);
        text.append("  ").append(mark(outcome)).append(' ');
        text.append(PlanText.pad(node.value(), names)).append("  ");
        text.append(PlanText.pad(role(report, node), roles)).append("  ");
        text.append(outcome.words()).append('\n');
        report.drift().differencesOf(node).forEach(difference -> difference(report, difference, text));
        report.drift().unseenOf(node).forEach(unseen -> unseen(unseen, text));
    }

    private void hosts(DriftReport report, StringBuilder text) {
        byHost(report).forEach((host, differences) -> {
            text.append("  ").append(ink.yellow("~")).append(" host ").append(host);
            text.append("  differs\n");
            differences.forEach(difference -> difference(report, difference, text));
        });
        report.drift().unseenHosts().forEach(unseen -> {
            text.append("  ")
                    .append(ink.red("?"))
                    .append(" host ")
                    .append(unseen.subject().host());
            text.append("  not seen\n");
            unseen(unseen, text);
        });
    }

    private static Map<String, List<Difference>> byHost(DriftReport report) {
        return report.drift().differencesOfHosts().stream()
                .collect(Collectors.groupingBy(
                        difference -> difference.subject().host(), LinkedHashMap::new, Collectors.toList()));
    }

    private String mark(Outcome outcome) {
        return switch (outcome) {
            case IN_SYNC -> ink.green("=");
            case DIFFERS -> ink.yellow("~");
            case NOT_SEEN -> ink.red("?");
        };
    }

    private static void difference(DriftReport report, Difference difference, StringBuilder text) {
        text.append(INDENT).append(ProblemText.visible(difference.pathBelowSubject()));
        report.look()
                .placeOf(difference.path())
                .ifPresent(place -> text.append(", ").append(place));
        text.append('\n');
        fact("declared", difference.declared(), text);
        fact("observed", difference.observed(), text);
        difference.cause().ifPresent(cause -> fact("because", cause, text));
        difference.byHand().ifPresent(advice -> fact("to do", advice, text));
    }

    private static void fact(String what, String value, StringBuilder text) {
        text.append(INDENT)
                .append("  ")
                .append(PlanText.pad(what, "declared".length()))
                .append("  ");
        text.append(ProblemText.visible(value)).append('\n');
    }

    private void unseen(Unseen unseen, StringBuilder text) {
        Problem why = unseen.why();
        text.append(INDENT)
                .append(ProblemText.visible(why.summary()))
                .append("  [")
                .append(why.code())
                .append("]\n");
        why.details()
                .forEach(detail -> text.append(INDENT)
                        .append("  ")
                        .append(ProblemText.visible(detail))
                        .append('\n'));
        if (!why.hint().isEmpty()) {
            text.append(INDENT)
                    .append("  ")
                    .append(ink.dim("Hint: " + ProblemText.visible(why.hint())))
                    .append('\n');
        }
    }

    private static String role(DriftReport report, NodeName node) {
        return report.look()
                .file()
                .topology()
                .upstreamOf(node)
                .map(upstream -> "standby of " + upstream)
                .orElse("primary");
    }

    private static String words(Outcome outcome, long nodes) {
        return switch (outcome) {
            case DIFFERS -> nodes == 1 ? "node differs" : "nodes differ";
            case IN_SYNC -> "in sync";
            case NOT_SEEN -> "not seen";
        };
    }
}
