package io.pgherder.controller.report.text;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** How fast something grows, over the last few seconds: the beginning of a long copy says little about its end. */
final class RateMeter {
    private static final Duration WINDOW = Duration.ofSeconds(15);
    private static final Duration SHORTEST = Duration.ofMillis(200);

    private record Sample(Instant at, long bytes) {}

    private final Deque<Sample> samples = new ArrayDeque<>();

    void add(Instant at, long bytes) {
        if (!samples.isEmpty() && samples.getLast().bytes() > bytes) {
            samples.clear();
        }
        samples.addLast(new Sample(at, bytes));
        while (samples.size() > 2
                && Duration.between(samples.getFirst().at(), at).compareTo(WINDOW) > 0) {
            samples.removeFirst();
        }
    }

    /** Empty as long as there is too little to tell. */
    Optional<Double> bytesPerSecond() {
        if (samples.size() < 2) {
            return Optional.empty();
        }
        Duration span =
                Duration.between(samples.getFirst().at(), samples.getLast().at());
        long grown = samples.getLast().bytes() - samples.getFirst().bytes();
        return span.compareTo(SHORTEST) < 0 || grown <= 0
                ? Optional.empty()
                : Optional.of(grown * 1000.0 / span.toMillis());
    }

    Optional<Duration> timeFor(long bytesLeft) {
        return bytesPerSecond().map(rate -> Duration.ofMillis(Math.round(bytesLeft * 1000.0 / rate)));
    }
}
