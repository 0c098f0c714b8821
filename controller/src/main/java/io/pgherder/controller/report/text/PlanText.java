package io.pgherder.controller.report.text;

import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.Subject;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Impact;
import io.pgherder.controller.plan.Limit;
import io.pgherder.controller.plan.Note;
import io.pgherder.controller.plan.Plan;
import io.pgherder.controller.problem.Counted;
import io.pgherder.controller.problem.NextCommands;
import io.pgherder.controller.report.NodeChange;
import io.pgherder.controller.report.NodeChange.Kind;
import io.pgherder.controller.report.PlanImpact;
import io.pgherder.controller.report.PlanReport;
import io.pgherder.controller.topology.Topology;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import static java.util.Objects.requireNonNull;

/**
 * A plan as a person reads it: which cluster, what becomes of each node, every step with its reason, what it costs.
 * The refusals of a plan are not part of it: they are errors and go where errors go.
 */
public final class PlanText {
    private final Ink ink;

    public PlanText(Ink ink) {
        this.ink = requireNonNull(ink, "ink is null");
    }

    /** Ends with a line end. */
    public String render(PlanReport report) {
        StringBuilder text = new StringBuilder(ClusterHeader.of(report.look())).append('\n');
        nodes(report, text);
        Plan plan = report.plan();
        if (plan.isEmpty()) {
            text.append('\n').append(nothingToDo(report)).append('\n');
        } else if (!plan.isRefused()) {
            text.append('\n').append(new StepsTable(ink).render(report));
            text.append(ink.bold(summary(report))).append('\n');
            text.append(impact(report)).append('\n');
        }
        notes(report, text);
        return text.toString();
    }

    /** Only what it comes to, in one line, for whoever wants no more. Ends with a line end; empty if it is refused. */
    public String result(PlanReport report) {
        if (report.plan().isRefused()) {
            return "";
        }
        return (report.plan().isEmpty() ? nothingToDo(report) : ink.bold(summary(report))) + "\n";
    }

    /** What a person may do with a plan of some steps; a saved one remembers its limit. Ends with a line end. */
    public static String nothingChanged(PlanReport report, Optional<Path> saved, NextCommands next) {
        String file = report.file().displayPath();
        String apply = saved.map(path -> next.of("apply", file, "--plan", path.toString()))
                .orElseGet(() -> next.also(report.plan().scope().words()).of("apply", file));
        return "\nNothing has been changed. To carry out " + (saved.isPresent() ? "exactly these" : "these")
                + " steps:\n  " + apply + "\n";
    }

    private void nodes(PlanReport report, StringBuilder text) {
        List<NodeChange> changes = report.changes();
        if (changes.isEmpty()) {
            return;
        }
        Topology topology = report.file().topology();
        int names = widest(changes.stream().map(change -> change.node().value()).toList());
        int roles = widest(
                changes.stream().map(change -> role(topology, change.node())).toList());
        int words = widest(changes.stream().map(change -> change.kind().word()).toList());
        text.append('\n');
        for (NodeChange change : changes) {
            String line = pad(change.node().value(), names) + "  " + pad(role(topology, change.node()), roles) + "  "
                    + pad(change.kind().word(), words) + "  " + change.what() + size(change);
            text.append("  ").append(paint(change.kind())).append(' ');
            text.append(line.stripTrailing()).append('\n');
        }
    }

    private String paint(Kind kind) {
        return switch (kind) {
            case CREATE -> ink.green(kind.mark());
            case CHANGE, TAKE_OVER, MOVE -> ink.yellow(kind.mark());
            case REMOVE, UNKNOWN -> ink.red(kind.mark());
        };
    }

    private static String role(Topology topology, NodeName node) {
        if (!topology.declares(node)) {
            return "-";
        }
        return topology.upstreamOf(node)
                .map(upstream -> "standby of " + upstream)
                .orElse("primary");
    }

    private static String size(NodeChange change) {
        return change.copiedBytes().isPresent()
                ? ", " + ByteCount.words(change.copiedBytes().getAsLong())
                : "";
    }

    private String nothingToDo(PlanReport report) {
        String cluster = report.plan().cluster();
        return report.differs()
                ? ink.yellow("Nothing to do" + (leavesOut(report) ? " within " + Limit.OPTION : "") + ", but " + cluster
                        + " does not match " + report.file().displayPath() + ": " + whyNot(report) + ".")
                : matching(report, "Nothing to do: " + cluster + " matches");
    }

    /** Green only where a drift would find nothing either. */
    String matching(PlanReport report, String words) {
        String sentence = words + " " + asFarAsSeen(report);
        return leftToYou(report)
                .map(left -> ink.yellow(sentence + ", but " + left + "."))
                .orElseGet(() -> ink.green(sentence + "."));
    }

    /** Why reality does not match the file although nothing is to be done. */
    static String whyNot(PlanReport report) {
        List<String> reasons = new ArrayList<>();
        if (has(report, Note.Kind.NOT_IN_FORCE)) {
            reasons.add("something declared is not in force");
        }
        if (leavesOut(report)) {
            reasons.add("steps are left out");
        }
        return String.join(", and ", reasons)
                + leftToYou(report).map(left -> "; " + left).orElse("");
    }

    /** How many differences and of which kinds; notes and a drift tell more of them. */
    private static Optional<String> leftToYou(PlanReport report) {
        List<Difference> left = report.leftToAPerson();
        Map<DriftKind, Set<Subject>> kinds = new LinkedHashMap<>();
        left.forEach(difference -> kinds.computeIfAbsent(difference.kind(), kind -> new LinkedHashSet<>())
                .add(difference.subject()));
        String words = kinds.entrySet().stream()
                .map(kind -> kind.getKey().word() + " of "
                        + kind.getValue().stream().map(Subject::toString).collect(Collectors.joining(" and ")))
                .collect(Collectors.joining(", "));
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(Counted.of(left.size(), "difference") + " beside the file "
                        + (left.size() == 1 ? "is" : "are") + " left to you: " + words);
    }

    /** The command that tells what is left to a person, whole. Ends with a line end; empty if nothing is. */
    public static String whatIsLeft(PlanReport report, NextCommands next) {
        return report.leftToAPerson().isEmpty()
                ? ""
                : "\nTo see what is left to you:\n  "
                        + next.also(report.plan().scope().limit().words())
                                .of("drift", report.file().displayPath())
                        + "\n";
    }

    private static boolean leavesOut(PlanReport report) {
        return has(report, Note.Kind.LEFT_OUT);
    }

    private static boolean has(PlanReport report, Note.Kind kind) {
        return report.plan().notes().stream().anyMatch(note -> note.kind() == kind);
    }

    /** What is not as declared although nothing is to be done, a line each. */
    public String notAsDeclared(PlanReport report) {
        return report.plan().notAsDeclared().stream()
                .map(note -> line(note.text()))
                .collect(Collectors.joining());
    }

    /** The file, and no more of it than was compared: notes say what was not. */
    private static String asFarAsSeen(PlanReport report) {
        return report.file().displayPath() + (report.plan().sawAll() ? "" : " as far as could be seen");
    }

    private static String summary(PlanReport report) {
        return "Plan: " + Counted.of(report.changes(Kind.CREATE), "node") + " to create, "
                + report.changes(Kind.CHANGE) + " to change, "
                + takenOver(report.changes(Kind.TAKE_OVER))
                + report.changes(Kind.MOVE) + " to move, "
                + report.changes(Kind.REMOVE) + " to remove. "
                + Counted.of(report.plan().steps().size(), "step") + ".";
    }

    /** Few plans have any. */
    private static String takenOver(long nodes) {
        return nodes == 0 ? "" : nodes + " to take over, ";
    }

    private static String impact(PlanReport report) {
        PlanImpact impacts = new PlanImpact(report);
        List<String> costs = new ArrayList<>();
        for (Impact impact :
                List.of(Impact.RELOAD, Impact.RESTART, Impact.STOP, Impact.WRITES_PAUSE, Impact.DATA_DELETED)) {
            List<String> nodes = impacts.nodesWith(impact);
            if (!nodes.isEmpty()) {
                costs.add(
                        impact.words() + (impact == Impact.WRITES_PAUSE ? " for " : " of ") + String.join(", ", nodes));
            }
        }
        Impact worst = impacts.worst();
        boolean standbysOnly = worst == Impact.RESTART || worst == Impact.STOP;
        return "Impact: " + (costs.isEmpty() ? "none" : String.join("; ", costs)) + "."
                + (worst.compareTo(Impact.RESTART) < 0 ? " Nothing restarts; no data is deleted." : "")
                + (standbysOnly && report.writesArePossible() ? " Writes go on; no data is deleted." : "")
                + (standbysOnly && !report.writesArePossible() ? " No data is deleted." : "")
                + (worst == Impact.WRITES_PAUSE ? " No data is deleted." : "");
    }

    private void notes(PlanReport report, StringBuilder text) {
        List<String> notes = new ArrayList<>(report.file().notes());
        report.plan().notes().forEach(note -> notes.add(note.text()));
        notes.forEach(note -> text.append(line(note)));
    }

    private String line(String note) {
        return ink.yellow("Note:") + " " + ProblemText.visible(note) + "\n";
    }

    static int widest(List<String> texts) {
        return texts.stream().mapToInt(String::length).max().orElse(0);
    }

    static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
