package io.pgherder.controller.testing;

import java.util.Random;
import java.util.function.Predicate;

/**
 * Picks one of so many steps that it is asked about in turn. Where it begins is chosen by a seed, another one in each run:
 * {@code -Dpgherder.seed=17} picks the same again.
 */
public final class SomeSteps implements Predicate<String> {
    private final int oneOf;
    private final long seed;
    private int skipped;

    private SomeSteps(int oneOf, long seed) {
        this.oneOf = oneOf;
        this.seed = seed;
        this.skipped = new Random(seed).nextInt(oneOf);
    }

    public static SomeSteps oneOf(int steps) {
        return new SomeSteps(steps, Long.getLong("pgherder.seed", System.currentTimeMillis()));
    }

    @Override
    public boolean test(String step) {
        skipped = (skipped + 1) % oneOf;
        return skipped == 0;
    }

    @Override
    public String toString() {
        return "-Dpgherder.seed=" + seed;
    }
}
