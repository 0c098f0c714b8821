package io.pgherder.controller.execution;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The wish of a person to end early. Asked once: no new step starts and running ones finish. Asked twice: running steps are cancelled;
 * data stays whole. Asked three times: nobody waits for what does not let itself be cancelled.
 */
public final class Stop {
    /** What is wished, from nothing to everything. */
    public enum Wish {
        GO_ON,
        START_NO_MORE,
        CANCEL,
        LEAVE
    }

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final CountDownLatch first = new CountDownLatch(1);
    private volatile int asked;

    public void ask() {
        synchronized (this) {
            asked++;
        }
        first.countDown();
        listeners.forEach(Runnable::run);
    }

    public boolean isAsked() {
        return asked > 0;
    }

    /** Waits until it is asked, but no longer than this; whether it has been asked. */
    public boolean awaitAsked(Duration longest) throws InterruptedException {
        return first.await(longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    public Wish wish() {
        return switch (asked) {
            case 0 -> Wish.GO_ON;
            case 1 -> Wish.START_NO_MORE;
            case 2 -> Wish.CANCEL;
            default -> Wish.LEAVE;
        };
    }

    /** Calls back each time {@link #ask} is called, from the asking thread. */
    public void onAsk(Runnable listener) {
        listeners.add(listener);
    }
}
