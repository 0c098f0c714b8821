package io.pgherder.controller.cli;

import io.pgherder.controller.problem.Counted;
import io.pgherder.controller.problem.ProblemsException;
import io.pgherder.controller.report.FleetLine;
import io.pgherder.controller.report.FleetLine.Weight;
import io.pgherder.controller.report.Look;
import io.pgherder.controller.report.ValidationReport;
import io.pgherder.controller.topology.yaml.TopologyFile;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import static java.util.Objects.requireNonNull;

/**
 * How it goes with each cluster of a fleet where all that is done is to look: a file that is broken, or a cluster that cannot be looked at,
 * is told, counted, and does not hide the others.
 */
final class FleetTurns {
    private final Errors errors;
    private final List<Turn> turns = new ArrayList<>();
    private final List<FleetLine> lines = new ArrayList<>();
    private int leftOut;

    /** @param errors where it is told why nobody could look */
    FleetTurns(Errors errors) {
        this.errors = requireNonNull(errors, "errors is null");
    }

    /**
     * @param make what is shown; the clusters are looked at side by side
     * @param show one after the other: first the files that are broken, then the others in their order
     */
    <T> void each(FleetFiles fleet, FleetLook look, Function<Look, T> make, Function<T, Turn> show)
            throws InterruptedException {
        leftOut = fleet.leftOut();
        fleet.broken().forEach(this::broken);
        look.each(fleet.files(), make, found -> {
            try {
                found.made().map(show).ifPresentOrElse(turn -> seen(found.file(), turn), () -> unseen(found));
            } catch (ProblemsException e) {
                errors.show(e.problems());
                seen(found.file(), Turn.of(ExitCode.FAILED));
            }
        });
    }

    private void broken(ValidationReport report) {
        errors.show(report.problems());
        String file = report.path() + ": " + Counted.of(report.problems().size(), "problem") + " in it";
        took("?", Turn.of(ExitCode.USAGE), file, Weight.WRONG);
    }

    private void unseen(FleetLook.Found<?> found) {
        errors.show(found.problems());
        String file = found.file().displayPath() + ": could not be looked at";
        took(cluster(found.file()), Turn.of(ExitCode.FAILED), file, Weight.WRONG);
    }

    private void seen(TopologyFile file, Turn turn) {
        took(cluster(file), turn, file.displayPath(), weight(turn));
    }

    private static Weight weight(Turn turn) {
        return switch (turn.code()) {
            case OK, DIFFERENCES -> turn.isWell() ? Weight.WELL : Weight.WORTH_A_LOOK;
            case FAILED, USAGE, REFUSED, INCOMPLETE -> Weight.WRONG;
        };
    }

    private void took(String cluster, Turn turn, String file, Weight weight) {
        turns.add(turn);
        lines.add(new FleetLine(cluster, turn.figures(), turn.word(), file, weight));
    }

    private static String cluster(TopologyFile file) {
        return file.topology().cluster();
    }

    /** A line for each cluster. */
    List<FleetLine> lines() {
        return List.copyOf(lines);
    }

    /** The worst of all exit codes; with more than one cluster named, a summary line goes to standard error. */
    ExitCode summedUp(Surroundings surroundings) {
        if (turns.size() + leftOut > 1) {
            surroundings.out().flush();
            surroundings.err().println(FleetSummary.of(turns, leftOut));
            surroundings.err().flush();
        }
        return ExitCode.worstOf(turns.stream().map(Turn::code).toList());
    }
}
