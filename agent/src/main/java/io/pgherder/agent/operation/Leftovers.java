package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.system.DataDirectory;
import io.pgherder.agent.system.Wait;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What an earlier agent left half made, while it is settled: apart from everything else, for a big copy is removed for minutes, and an agent that is
 * silent for so long is taken for none. Whoever changes an instance waits until what was left of that one is settled.
 */
final class Leftovers {
    private static final Logger LOG = Logger.getLogger(Leftovers.class.getName());

    /** Longer than it takes to remove a copy of some terabytes. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Map<Path, CompletableFuture<Void>> settling = new ConcurrentHashMap<>();

    /** Begins to settle them, those of one instance one after another. */
    static Leftovers of(OperationJournal journal, List<OperationJournal.Left> left, Executor threads) {
        Leftovers leftovers = new Leftovers();
        left.forEach(each -> leftovers.settle(each.dataDir(), () -> journal.settle(each), threads));
        for (DataDirectory directory : journal.unfinished()) {
            leftovers.settle(directory.data(), () -> OperationJournal.settle(directory), threads);
        }
        return leftovers;
    }

    private void settle(Path dataDir, Runnable work, Executor threads) {
        Runnable guarded = () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                // The next start of the agent tries again, and so does whoever makes an instance there.
                LOG.log(Level.WARNING, "could not settle what was left half made for " + dataDir, e);
            }
        };
        settling.compute(
                dataDir,
                (directory, before) -> before == null
                        ? CompletableFuture.runAsync(guarded, threads)
                        : before.thenRunAsync(guarded, threads));
    }

    /** Returns at once if nothing was left there. */
    void awaitSettled(InstancePlace place, OperationContext context) {
        Optional<CompletableFuture<Void>> unsettled =
                Optional.ofNullable(settling.get(place.dataDir())).filter(work -> !work.isDone());
        if (unsettled.isPresent()) {
            context.phase("waiting until what was left half made is removed");
            Wait.untilOrFail(
                    "what was left half made for " + place.node() + " is removed",
                    LONGEST,
                    context.cancellation(),
                    unsettled.get()::isDone);
        }
    }
}
