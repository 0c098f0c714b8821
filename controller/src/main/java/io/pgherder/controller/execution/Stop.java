package io.pgherder.controller.execution;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The wish of a person to end early. Asked once: no new step starts and running ones finish. Asked twice: running steps are cancelled;
 * data stays whole.
 */
public final class Stop {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile int asked;

    public void ask() {
        synchronized (this) {
            asked++;
        }
        listeners.forEach(Runnable::run);
    }

    public boolean isAsked() {
        return asked > 0;
    }

    /** Whether running steps are to be cancelled, too. */
    public boolean isUrgent() {
        return asked > 1;
    }

    /** Calls back each time {@link #ask} is called, from the asking thread. */
    public void onAsk(Runnable listener) {
        listeners.add(listener);
    }
}
