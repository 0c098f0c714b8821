package io.pgherder.agent.system;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Somebody's wish that a piece of work should stop. Waits look at it, and a running program is ended by it. It is not a thread
 * interrupt, because an interrupt would also tear the files that are just being written.
 */
public final class Cancellation {
    private final CountDownLatch requested = new CountDownLatch(1);
    private final List<Runnable> listeners = new ArrayList<>();
    private boolean deferred;

    /** For work that nobody can cancel. */
    public static Cancellation never() {
        return new Cancellation();
    }

    /** Asks for the end; the second time does nothing. */
    public void request() {
        List<Runnable> toTell;
        synchronized (listeners) {
            requested.countDown();
            toTell = List.copyOf(listeners);
            listeners.clear();
        }
        toTell.forEach(Runnable::run);
    }

    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Throws {@link Cancelled} if the end has been asked for. */
    public void check() {
        if (isRequested()) {
            throw new Cancelled();
        }
    }

    /**
     * Goes through work that has to come to its end once it is begun: whoever asks for the end meanwhile gets it afterwards.
     *
     * @throws Cancelled if the end has been asked for already; then it is not begun
     */
    public <T> T defer(Supplier<T> work) {
        synchronized (listeners) {
            check();
            deferred = true;
        }
        try {
            return work.get();
        } finally {
            synchronized (listeners) {
                deferred = false;
            }
        }
    }

    /** Whether such work is under way. */
    public boolean isDeferred() {
        synchronized (listeners) {
            return deferred;
        }
    }

    /** Runs the listener, once, when the end is asked for, or now if it has been already; until the registration is closed. */
    public Registration onRequest(Runnable listener) {
        boolean tooLate;
        synchronized (listeners) {
            tooLate = isRequested();
            if (!tooLate) {
                listeners.add(listener);
            }
        }
        if (tooLate) {
            listener.run();
        }
        return () -> {
            synchronized (listeners) {
                listeners.remove(listener);
            }
        };
    }

    /** Sleeps, at most until the end is asked for. */
    void sleep(long millis) {
        try {
            if (requested.await(millis, TimeUnit.MILLISECONDS)) {
                throw new Cancelled();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Cancelled();
        }
    }

    /** Ends a listening. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /** Thrown by work that was asked to stop and has. */
    public static final class Cancelled extends RuntimeException {
        public Cancelled() {
            super("cancelled");
        }
    }
}
