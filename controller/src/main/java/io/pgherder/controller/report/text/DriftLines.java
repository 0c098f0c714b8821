package io.pgherder.controller.report.text;

import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.problem.Counted;
import io.pgherder.controller.problem.Place;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.report.DriftChange;
import io.pgherder.controller.report.DriftEvent;
import io.pgherder.controller.report.Look;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * What has changed, a line each, for a journal that is read and searched: when, which cluster, what of it (a node, a host or the file), a
 * mark with its word, and the facts. Two spaces stand between these.
 */
public final class DriftLines {
    private static final String GAP = "  ";

    private final Ink ink;

    public DriftLines(Ink ink) {
        this.ink = requireNonNull(ink, "ink is null");
    }

    /** Nothing if nothing has changed. */
    public String render(Instant at, List<DriftChange> changes) {
        return changes.stream().map(change -> line(at, change)).collect(Collectors.joining());
    }

    private String line(Instant at, DriftChange change) {
        List<String> cells = Stream.of(
                        Stream.of(at.truncatedTo(ChronoUnit.SECONDS).toString()),
                        what(change),
                        Stream.of(mark(change.event())),
                        facts(change).filter(fact -> !fact.isEmpty()))
                .flatMap(parts -> parts)
                .toList();
        return String.join(GAP, cells) + "\n";
    }

    private static Stream<String> what(DriftChange change) {
        if (change instanceof DriftChange.OfDifference of) {
            return what(of.cluster(), of.difference().subject().toString());
        }
        if (change instanceof DriftChange.OfSubject of) {
            return what(of.cluster(), of.subject().toString());
        }
        if (change instanceof DriftChange.OfCluster of) {
            return what(of.cluster(), of.cluster().topology());
        }
        if (change instanceof DriftChange.OfRun) {
            return Stream.of("-", "-");
        }
        throw new AssertionError(change);
    }

    private static Stream<String> what(DriftChange.Cluster cluster, String part) {
        return Stream.of(cluster.name().orElse("?"), ProblemText.visible(part));
    }

    private String mark(DriftEvent event) {
        String words = event.mark() + " " + event.words();
        return switch (event) {
            case DIFFERENCE_VANISHED, SEEN, CLUSTER_SEEN, IN_SYNC, FILE_REMOVED, FILE_VALID, RUN_RESUMED ->
                ink.green(words);
            case DIFFERENCE_APPEARED, DIFFERENCE_CHANGED, FILE_ADDED -> ink.yellow(words);
            case UNSEEN, CLUSTER_UNSEEN, FILE_INVALID, RUN_FAILED -> ink.red(words);
        };
    }

    private static Stream<String> facts(DriftChange change) {
        if (change instanceof DriftChange.OfDifference of) {
            return Stream.of(ProblemText.visible(place(of) + ": " + facts(of)));
        }
        if (change instanceof DriftChange.OfSubject of) {
            return of.why().stream().map(why -> words(List.of(why)));
        }
        if (change instanceof DriftChange.OfCluster of) {
            return Stream.of(words(of.problems()));
        }
        if (change instanceof DriftChange.OfRun of) {
            return Stream.of(words(of.problems()));
        }
        throw new AssertionError(change);
    }

    private static String place(DriftChange.OfDifference change) {
        return change.difference().pathBelowSubject()
                + change.place()
                        .map(place -> ", " + Look.words(place, change.cluster().topology()))
                        .orElse("");
    }

    private static String facts(DriftChange.OfDifference change) {
        Difference difference = change.difference();
        Stream<String> observed = change.before()
                .map(before -> changed(before, difference))
                .orElseGet(() -> change.event() == DriftEvent.DIFFERENCE_VANISHED
                        ? Stream.of("last observed " + difference.observed())
                        : Stream.concat(Stream.of("observed " + difference.observed()), because(difference)));
        return Stream.concat(Stream.of("declared " + difference.declared()), observed)
                .collect(Collectors.joining("; "));
    }

    private static Stream<String> changed(Difference before, Difference now) {
        String was = before.observed().equals(now.observed()) ? "" : ", was " + before.observed();
        return Stream.concat(Stream.of("observed " + now.observed() + was), because(now));
    }

    private static Stream<String> because(Difference difference) {
        return difference.cause().stream().map(cause -> "because " + cause);
    }

    /** The first of them, and how many more there are. */
    private static String words(List<Problem> problems) {
        Optional<Problem> first = problems.stream().findFirst();
        int more = problems.size() - 1;
        return first.map(problem -> ProblemText.visible(problem.summary()
                        + problem.place()
                                .map(Place::toString)
                                .map(place -> ", " + place)
                                .orElse("")
                        + GAP + "[" + problem.code() + "]"
                        + (more > 0 ? ", and " + Counted.of(more, "more problem") : "")))
                .orElse("");
    }
}
