package io.pgherder.controller.problem;

/** A number of things, in words: "1 step", "2 steps". */
public final class Counted {
    private Counted() {}

    /** @param noun one of them, whose plural has an s behind it */
    public static String of(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
