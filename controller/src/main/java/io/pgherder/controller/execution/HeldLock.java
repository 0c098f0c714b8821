package io.pgherder.controller.execution;

import io.pgherder.controller.execution.AgentLock.Renewal;
import io.pgherder.controller.topology.HostSpec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A cluster's lock while it is ours: renewed in the background, given back when closed. It counts as lost as soon as one agent says that
 * it is no longer ours. An agent that does not answer proves nothing: as long as one of them holds the lock for us, nobody else can have
 * it.
 */
public final class HeldLock implements AutoCloseable {
    private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(2);

    private final AgentLock port;
    private final List<HostSpec> agents;
    private final String cluster;
    private final long token;
    private final ScheduledExecutorService renewals;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean lost;

    HeldLock(AgentLock port, List<HostSpec> agents, String cluster, long token, Duration every) {
        this.port = port;
        this.agents = List.copyOf(agents);
        this.cluster = cluster;
        this.token = token;
        this.renewals = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "lock renewals");
            thread.setDaemon(true);
            return thread;
        });
        // With a delay: a controller that was stopped has no renewals to make up for.
        var unused =
                renewals.scheduleWithFixedDelay(this::renew, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What every changing action carries. */
    public long token() {
        return token;
    }

    public boolean isLost() {
        return lost;
    }

    void onLost(Runnable listener) {
        listeners.add(listener);
    }

    private void renew() {
        for (HostSpec agent : agents) {
            var unused = port.renew(agent, cluster, token).thenAccept(this::hear);
        }
    }

    private void hear(Renewal renewal) {
        if (renewal == Renewal.LOST && !lost) {
            lost = true;
            listeners.forEach(Runnable::run);
        }
    }

    /** Gives the lock back; an agent that does not answer soon lets it fall by itself. */
    @Override
    public void close() {
        renewals.shutdownNow();
        CompletableFuture<?>[] releases = agents.stream()
                .map(agent -> port.release(agent, cluster, token))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(releases)
                .completeOnTimeout(null, PATIENCE_AT_THE_END.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
