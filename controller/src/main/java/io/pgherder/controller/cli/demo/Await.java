package io.pgherder.controller.cli.demo;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits, with a deadline. */
final class Await {
    private static final long POLL_MS = 10;

    private Await() {}

    /** @return false if it was not so within that time */
    static boolean until(Duration within, BooleanSupplier holds) {
        long deadline = System.nanoTime() + within.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(POLL_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
