package io.pgherder.agent.inspect;

import io.pgherder.agent.problem.AgentProblem;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Whoever touches a file system that hangs is not let go, by no deadline of its own; so the work is done apart, and left behind when it
 * takes too long. As long as it hangs, nobody else is sent after it.
 */
final class InTime {
    private final Executor threads;
    private final Map<String, Future<?>> hanging = new ConcurrentHashMap<>();

    InTime(Executor threads) {
        this.threads = threads;
    }

    /**
     * @param what is touched: "/data01/pg"
     * @param otherwise what to answer where it does not
     */
    <T> CompletableFuture<T> done(Duration within, String what, Supplier<T> work, Function<AgentProblem, T> otherwise) {
        hanging.values().removeIf(Future::isDone);
        if (hanging.containsKey(what)) {
            return CompletableFuture.completedFuture(silence(what)).thenApply(otherwise);
        }
        CompletableFuture<T> done = CompletableFuture.supplyAsync(work, threads);
        return done.copy().orTimeout(within.toMillis(), TimeUnit.MILLISECONDS).handle((result, failure) -> {
            if (failure == null) {
                return result;
            }
            if (failure instanceof TimeoutException) {
                hanging.put(what, done);
                return otherwise.apply(silence(what));
            }
            throw new CompletionException(failure instanceof CompletionException ? failure.getCause() : failure);
        });
    }

    private static AgentProblem silence(String what) {
        return InspectProblem.DIRECTORY_SILENT
                .summary("could not look at " + what + ": it does not answer")
                .hint("does its file system hang?");
    }
}
