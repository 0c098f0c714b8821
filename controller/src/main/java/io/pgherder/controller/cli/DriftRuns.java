package io.pgherder.controller.cli;

import io.pgherder.controller.report.DriftOutcome;
import io.pgherder.controller.report.DriftReport;
import io.pgherder.controller.report.DriftRun;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

import static java.util.Objects.requireNonNull;

/** Compares all the clusters with their files, as often as it is told to: the files are read anew each time. */
final class DriftRuns {
    private final Topologies topologies;
    private final LimitOption limit;
    private final FleetLook look;
    private final Clock clock;

    DriftRuns(Topologies topologies, LimitOption limit, FleetLook look, Clock clock) {
        this.topologies = requireNonNull(topologies, "topologies is null");
        this.limit = requireNonNull(limit, "limit is null");
        this.look = requireNonNull(look, "look is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * @param each is given what became of each file, as soon as that is known: first those that cannot be understood
     * @throws InvalidTopologies if there is no file at all, or the limit is in none; nobody has been contacted then
     * @throws CancellationException if it was given up
     */
    DriftRun run(Consumer<DriftOutcome> each) throws InterruptedException {
        Instant began = clock.instant();
        FleetFiles fleet = FleetFiles.of(topologies.validated(), limit::concerned);
        List<DriftOutcome> outcomes = new ArrayList<>();
        Consumer<DriftOutcome> taken = outcome -> {
            outcomes.add(outcome);
            each.accept(outcome);
        };
        fleet.broken().stream()
                .map(report -> new DriftOutcome.Invalid(report.path(), report.problems()))
                .forEach(taken);
        look.each(
                fleet.files(),
                seen -> DriftReport.of(seen, limit.on(seen.file())),
                found -> taken.accept(outcome(found)));
        Instant ended = clock.instant();
        return new DriftRun(ended, Duration.between(began, ended), outcomes, fleet.leftOut());
    }

    private static DriftOutcome outcome(FleetLook.Found<DriftReport> found) {
        String path = found.file().displayPath();
        return found.made()
                .<DriftOutcome>map(report -> new DriftOutcome.Compared(path, report))
                .orElseGet(() ->
                        new DriftOutcome.Failed(path, found.file().topology().cluster(), found.problems()));
    }

    /** Waits for no more answers, from now on: from another thread than the one that runs. */
    void giveUp() {
        look.giveUp();
    }
}
