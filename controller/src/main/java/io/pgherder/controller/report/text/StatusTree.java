package io.pgherder.controller.report.text;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.report.ClusterStatus;
import io.pgherder.controller.report.ClusterStatus.Quorum;
import io.pgherder.controller.report.NodeState;
import io.pgherder.controller.report.NodeStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import static io.pgherder.controller.report.text.PlanText.pad;
import static java.util.Objects.requireNonNull;

/** A status as a tree: who streams from whom, with positions and lags, and below it in words whether commits can succeed. */
public final class StatusTree {
    private static final List<String> HEAD =
            List.of("NODE", "ROLE", "STATE", "TL", "RECEIVED", "DELAY", "REPLAY LAG", "SYNC", "AGENT");
    private static final int TIMELINE = 3;

    private record Row(List<String> cells, boolean healthy) {}

    private final Ink ink;
    private final String plan;

    /** @param plan the command that plans this cluster */
    public StatusTree(Ink ink, String plan) {
        this.ink = requireNonNull(ink, "ink is null");
        this.plan = requireNonNull(plan, "plan is null");
    }

    /** Of one of several clusters: with its name above it. Ends with an empty line. */
    public String renderNamed(ClusterStatus status, String file) {
        return ink.bold("Cluster " + status.cluster()) + " (" + file + ")\n" + render(status) + "\n";
    }

    /** Ends with a line end. */
    public String render(ClusterStatus status) {
        StringBuilder text = new StringBuilder();
        table(rows(status), text);
        text.append('\n').append(writes(status)).append('\n');
        problems(status, text);
        return text.toString();
    }

    private static List<Row> rows(ClusterStatus status) {
        List<Row> rows = new ArrayList<>();
        Set<NodeName> drawn = new HashSet<>();
        List<NodeStatus> roots = status.shown().stream()
                .filter(node -> node.parent().filter(status.limit()::takes).isEmpty())
                .sorted((a, b) -> Boolean.compare(b.isPrimary(), a.isPrimary()))
                .toList();
        roots.forEach(root -> branch(status, root, "", "", rows, drawn));
        // Whoever streams in a circle has no root.
        status.shown().stream()
                .filter(node -> !drawn.contains(node.name()))
                .forEach(node -> branch(status, node, "", "", rows, drawn));
        return rows;
    }

    private static void branch(
            ClusterStatus status, NodeStatus node, String first, String rest, List<Row> rows, Set<NodeName> drawn) {
        if (!drawn.add(node.name())) {
            return;
        }
        rows.add(row(status, node, first));
        List<NodeStatus> followers = status.shown().stream()
                .filter(other -> other.parent().filter(node.name()::equals).isPresent())
                .toList();
        for (int i = 0; i < followers.size(); i++) {
            boolean last = i == followers.size() - 1;
            branch(status, followers.get(i), rest + (last ? "└─ " : "├─ "), rest + (last ? "   " : "│  "), rows, drawn);
        }
    }

    private static Row row(ClusterStatus status, NodeStatus node, String stem) {
        boolean oneOfSeveral = status.isSplit() && node.isPrimary();
        boolean healthy = node.isWell() && !oneOfSeveral;
        return new Row(
                List.of(
                        stem + node.name(),
                        node.role().orElse(node.declaredRole()).word(),
                        words(node.state()),
                        node.timeline().map(String::valueOf).orElse("-"),
                        node.received().map(Object::toString).orElse("-"),
                        node.lags().bytes().map(ByteCount::words).orElse("-"),
                        node.lags().replay().map(TimeSpan::lag).orElse("-"),
                        node.syncState().orElse("-"),
                        node.agentWords()),
                healthy);
    }

    private static String words(NodeState state) {
        return state.equals(NodeState.UNKNOWN) ? "? " + state.word() : state.word();
    }

    private void table(List<Row> rows, StringBuilder text) {
        int[] widths = new int[HEAD.size()];
        for (int column = 0; column < widths.length; column++) {
            int at = column;
            widths[column] = Math.max(
                    HEAD.get(column).length(),
                    rows.stream()
                            .mapToInt(row -> row.cells().get(at).length())
                            .max()
                            .orElse(0));
        }
        text.append(ink.bold(line(HEAD, widths))).append('\n');
        for (Row row : rows) {
            String line = line(row.cells(), widths);
            text.append(row.healthy() ? line : ink.yellow(line)).append('\n');
        }
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            boolean number = column == TIMELINE;
            line.append(number ? " ".repeat(widths[column] - cell.length()) + cell : pad(cell, widths[column]));
            line.append("  ");
        }
        return line.toString().stripTrailing();
    }

    private String writes(ClusterStatus status) {
        Quorum quorum = status.quorum();
        if (status.isSplit()) {
            return ink.red(splitBrain(status));
        }
        if (status.primary().isEmpty()) {
            return withoutPrimary(status.unseen());
        }
        if (status.sessionsEnd().isPresent()) {
            return ink.red("Writes: impossible, " + status.primary().get() + " ends every session before it begins: "
                    + ProblemText.visible(status.sessionsEnd().get()) + ".");
        }
        String rule = SynchronousWords.of(quorum) + weakness(quorum) + "." + waiting(quorum);
        if (quorum.isLost()) {
            return ink.red("Writes: hang, the quorum is lost: " + rule) + otherwiseDeclared(quorum);
        }
        if (quorum.isInDoubt()) {
            return ink.yellow("Writes: in doubt") + " on " + status.primary().get() + "; " + rule
                    + (quorum.confirmations().areEnough().isPresent() ? " Do they still confirm?" : "")
                    + otherwiseDeclared(quorum);
        }
        return ink.green("Writes: possible") + " on " + status.primary().get() + "; " + rule
                + otherwiseDeclared(quorum);
    }

    private static String weakness(Quorum quorum) {
        return quorum.weakLevel()
                .map(level -> (quorum.required() == 0 ? "" : ", and not on disk") + ": synchronous_commit is " + level)
                .orElse("");
    }

    private static String waiting(Quorum quorum) {
        return quorum.waitingSessions() == 0
                ? ""
                : " " + quorum.waitingSessions()
                        + (quorum.waitingSessions() == 1 ? " session waits" : " sessions wait")
                        + quorum.waitingFor()
                                .map(span -> ", the longest for " + TimeSpan.words(span))
                                .orElse("")
                        + ".";
    }

    private String otherwiseDeclared(Quorum quorum) {
        return quorum.isAsDeclared().orElse(true)
                ? ""
                : " "
                        + ink.yellow("Declared, but not in force: " + SynchronousWords.of(quorum.declared())
                                + (quorum.weakLevel().isPresent() ? " on disk." : "."));
    }

    private String splitBrain(ClusterStatus status) {
        List<String> primaries = status.nodes().stream()
                .filter(NodeStatus::isPrimary)
                .map(node -> node.name()
                        + node.timeline()
                                .map(timeline -> " on timeline " + timeline)
                                .orElse(""))
                .toList();
        return "Split brain: " + primaries.size() + " primaries run, " + String.join(" and ", primaries) + ".\n"
                + "Writes: each of them may accept what the other"
                + (primaries.size() > 2 ? "s do" : " does")
                + " not have. Do not write: decide whose history is kept, and stop"
                + " the other"
                + (primaries.size() > 2 ? "s" : "") + ". \"" + plan
                + "\" says why it refuses.";
    }

    private String withoutPrimary(List<NodeName> unseen) {
        return unseen.isEmpty()
                ? ink.red("Writes: impossible, no primary runs.")
                : ink.yellow("Writes: unknown, no primary is seen, and "
                        + unseen.stream().map(NodeName::value).collect(Collectors.joining(", "))
                        + " could not be asked.");
    }

    private static String words(Problem problem) {
        return problem.summary()
                + (problem.details().isEmpty() ? "" : ": " + String.join("; ", problem.details()))
                + (problem.hint().isEmpty() ? "" : " (" + problem.hint() + ")");
    }

    /** Each once, though it may be the reason why several nodes are not seen. */
    private void problems(ClusterStatus status, StringBuilder text) {
        Set<Problem> problems = new LinkedHashSet<>();
        status.shown().forEach(node -> problems.addAll(node.problems()));
        for (Problem problem : problems) {
            text.append(ink.red("!"))
                    .append(' ')
                    .append(ProblemText.visible(words(problem)))
                    .append('\n');
        }
    }
}
