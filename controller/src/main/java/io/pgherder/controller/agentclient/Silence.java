package io.pgherder.controller.agentclient;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

import static java.util.Objects.requireNonNull;

/** How long somebody who was spoken to has not answered: from the first failure to the first word. Safe to be told from several threads. */
final class Silence {
    private final LongSupplier nanoTime;
    private OptionalLong since = OptionalLong.empty();

    Silence(LongSupplier nanoTime) {
        this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
    }

    /** Of somebody else, by the same clock. */
    Silence another() {
        return new Silence(nanoTime);
    }

    /** There was no answer; a silence that has begun goes on. */
    synchronized void goesOn() {
        if (since.isEmpty()) {
            since = OptionalLong.of(nanoTime.getAsLong());
        }
    }

    synchronized void ends() {
        since = OptionalLong.empty();
    }

    /** Zero if there is none. */
    synchronized Duration lasted() {
        return since.isEmpty() ? Duration.ZERO : Duration.ofNanos(nanoTime.getAsLong() - since.getAsLong());
    }
}
