package io.pgherder.agent.operation;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Somebody who follows an operation. Events reach the listener one after another, in the order of their posting, and without any lock
 * being held: a listener may call whatever it likes.
 */
final class Watcher {
    private final Consumer<OperationEvent> listener;
    private final Queue<OperationEvent> posted = new ConcurrentLinkedQueue<>();
    private final AtomicInteger undelivered = new AtomicInteger();

    Watcher(Consumer<OperationEvent> listener) {
        this.listener = listener;
    }

    /** Fixes the event's place in the order. */
    void post(OperationEvent event) {
        posted.add(event);
    }

    /** Hands over what was posted, unless another thread is at it: then that one goes on. */
    void deliver() {
        if (undelivered.getAndIncrement() > 0) {
            return;
        }
        do {
            for (OperationEvent event = posted.poll(); event != null; event = posted.poll()) {
                listener.accept(event);
            }
        } while (undelivered.decrementAndGet() > 0);
    }
}
