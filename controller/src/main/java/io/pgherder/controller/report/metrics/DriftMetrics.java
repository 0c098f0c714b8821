package io.pgherder.controller.report.metrics;

import io.pgherder.controller.drift.ClusterDrift;
import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.Outcome;
import io.pgherder.controller.report.DriftOutcome;
import io.pgherder.controller.report.DriftOutcome.Compared;
import io.pgherder.controller.report.DriftReport;
import io.pgherder.controller.report.DriftRun;
import io.pgherder.controller.report.metrics.OpenMetrics.Family;
import io.pgherder.controller.report.metrics.OpenMetrics.Label;
import io.pgherder.controller.report.metrics.OpenMetrics.Sample;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * Drift in numbers, of the runs so far: {@code metrics = metrics.then(run)}. What a run could not compare has no numbers, which is not the
 * number 0. Pure.
 *
 * @param runs how many have ended
 * @param last the last one; empty before the first has ended
 * @param kinds of the differences that each cluster has had so far: those it has no more are 0
 */
public record DriftMetrics(long runs, Optional<DriftRun> last, Map<String, Set<DriftKind>> kinds) {
    public static final DriftMetrics NONE_YET = new DriftMetrics(0, Optional.empty(), Map.of());

    /** Of what {@link #render} returns. */
    public static final String CONTENT_TYPE = OpenMetrics.CONTENT_TYPE;

    private static final String PREFIX = "pgherder_drift_";

    public DriftMetrics {
        requireNonNull(last, "last is null");
        kinds = Map.copyOf(kinds);
    }

    public DriftMetrics then(DriftRun run) {
        Map<String, Set<DriftKind>> more = new HashMap<>(kinds);
        reports(run).forEach(report -> more.merge(report.look().cluster(), kinds(report), DriftMetrics::union));
        return new DriftMetrics(runs + 1, Optional.of(run), more);
    }

    private static Set<DriftKind> kinds(DriftReport report) {
        return report.drift().differences().stream().map(Difference::kind).collect(Collectors.toUnmodifiableSet());
    }

    private static Set<DriftKind> union(Set<DriftKind> some, Set<DriftKind> others) {
        return Stream.concat(some.stream(), others.stream()).collect(Collectors.toUnmodifiableSet());
    }

    public String render() {
        List<Family> families = new ArrayList<>();
        families.add(new Family(
                PREFIX + "runs", OpenMetrics.Type.COUNTER, "", "Runs that have ended.", List.of(Sample.of(runs))));
        last.ifPresent(run -> {
            families.add(seconds(
                    "last_run_timestamp", "When the last run ended.", run.at().toEpochMilli()));
            families.add(seconds(
                    "last_run_duration",
                    "How long the last run took.",
                    run.elapsed().toMillis()));
            families.add(gauge(
                    "cluster_compared",
                    "1 if the cluster was looked at and compared, 0 if its file is invalid or it could not be looked at.",
                    run.outcomes().stream().map(DriftMetrics::compared)));
            families.add(gauge(
                    "nodes",
                    "Nodes of a cluster by what became of comparing them.",
                    reports(run).flatMap(DriftMetrics::nodes)));
            families.add(gauge(
                    "differences",
                    "Differences of a cluster from its file, by kind.",
                    reports(run).flatMap(this::differences)));
        });
        return OpenMetrics.render(families);
    }

    private static Stream<DriftReport> reports(DriftRun run) {
        return run.outcomes().stream()
                .filter(Compared.class::isInstance)
                .map(Compared.class::cast)
                .map(Compared::report);
    }

    private static Family seconds(String what, String help, long millis) {
        return new Family(
                PREFIX + what + "_seconds",
                OpenMetrics.Type.GAUGE,
                "seconds",
                help,
                List.of(new Sample(List.of(), BigDecimal.valueOf(millis, 3).toPlainString())));
    }

    private static Family gauge(String what, String help, Stream<Sample> samples) {
        return new Family(PREFIX + what, OpenMetrics.Type.GAUGE, "", help, samples.toList());
    }

    /** The cluster of a file that cannot be understood has no name. */
    private static Sample compared(DriftOutcome outcome) {
        return Sample.of(
                outcome instanceof Compared ? 1 : 0,
                new Label("cluster", outcome.cluster().orElse("")),
                new Label("topology", outcome.path()));
    }

    private static Stream<Sample> nodes(DriftReport report) {
        return Arrays.stream(Outcome.values())
                .map(outcome -> Sample.of(
                        report.nodes(outcome),
                        new Label("cluster", report.look().cluster()),
                        new Label("outcome", outcome.word())));
    }

    private Stream<Sample> differences(DriftReport report) {
        String cluster = report.look().cluster();
        ClusterDrift drift = report.drift();
        return inOrder(kinds.getOrDefault(cluster, Set.of()))
                .map(kind -> Sample.of(
                        drift.differences().stream()
                                .filter(difference -> difference.kind() == kind)
                                .count(),
                        new Label("cluster", cluster),
                        new Label("kind", kind.word())));
    }

    private static Stream<DriftKind> inOrder(Set<DriftKind> kinds) {
        EnumSet<DriftKind> ordered = EnumSet.noneOf(DriftKind.class);
        ordered.addAll(kinds);
        return ordered.stream();
    }
}
