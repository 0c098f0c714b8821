package io.pgherder.controller.cli;

import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemsException;
import io.pgherder.controller.topology.yaml.TopologyFile;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import static java.util.Objects.requireNonNull;

/** Does the same with each of several clusters, one after the other: one that goes wrong does not keep the others waiting. */
final class Fleet {
    /** What is done with one cluster. */
    interface Work {
        ExitCode on(TopologyFile file) throws InterruptedException;
    }

    private final Surroundings surroundings;
    private final Consumer<List<Problem>> errors;

    /** @param errors shows what ended the work on a cluster */
    Fleet(Surroundings surroundings, Consumer<List<Problem>> errors) {
        this.surroundings = requireNonNull(surroundings, "surroundings is null");
        this.errors = requireNonNull(errors, "errors is null");
    }

    /** The worst of all exit codes; with more than one cluster, a summary line goes to standard error. */
    ExitCode each(List<TopologyFile> files, Work work) throws InterruptedException {
        List<ExitCode> codes = new ArrayList<>();
        for (TopologyFile file : files) {
            try {
                codes.add(work.on(file));
            } catch (ProblemsException e) {
                errors.accept(e.problems());
                codes.add(ExitCode.FAILED);
            }
        }
        if (files.size() > 1) {
            surroundings.err().println(summary(codes));
        }
        return ExitCode.worstOf(codes);
    }

    static String summary(List<ExitCode> codes) {
        Map<ExitCode, Long> counts = new EnumMap<>(ExitCode.class);
        codes.forEach(code -> counts.merge(code, 1L, Long::sum));
        String parts = counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().word())
                .collect(Collectors.joining(", "));
        return codes.size() + " clusters: " + parts + ".";
    }
}
