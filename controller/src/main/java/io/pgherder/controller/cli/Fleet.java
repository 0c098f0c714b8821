package io.pgherder.controller.cli;

import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemsException;
import io.pgherder.controller.topology.yaml.TopologyFile;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import static java.util.Objects.requireNonNull;

/** Does the same with each of several clusters, one after the other: one that goes wrong does not keep the others waiting. */
final class Fleet {
    /** What is done with one cluster. */
    interface Work {
        Turn on(TopologyFile file) throws InterruptedException;
    }

    private final Surroundings surroundings;
    private final Consumer<List<Problem>> errors;
    private final int leftOut;

    /** @param errors shows what ended the work on a cluster */
    Fleet(Surroundings surroundings, Consumer<List<Problem>> errors) {
        this(surroundings, errors, 0);
    }

    private Fleet(Surroundings surroundings, Consumer<List<Problem>> errors, int leftOut) {
        this.surroundings = requireNonNull(surroundings, "surroundings is null");
        this.errors = requireNonNull(errors, "errors is null");
        this.leftOut = leftOut;
    }

    /** Counts in the summary how many clusters were named whose turn does not come. */
    Fleet leavingOut(int clusters) {
        return new Fleet(surroundings, errors, clusters);
    }

    /** The worst of all exit codes; with more than one cluster named, a summary line goes to standard error. */
    ExitCode each(List<TopologyFile> files, Work work) throws InterruptedException {
        List<Turn> turns = new ArrayList<>();
        for (TopologyFile file : files) {
            try {
                turns.add(work.on(file));
            } catch (ProblemsException e) {
                errors.accept(e.problems());
                turns.add(Turn.of(ExitCode.FAILED));
            }
        }
        if (turns.size() + leftOut > 1) {
            surroundings.err().println(FleetSummary.of(turns, leftOut));
        }
        return ExitCode.worstOf(turns.stream().map(Turn::code).toList());
    }
}
