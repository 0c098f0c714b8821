package io.pgherder.controller.drift;

import io.pgherder.controller.observation.FileError;
import io.pgherder.controller.observation.FileErrors;
import java.util.function.Predicate;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/** What a server cannot read in its configuration files. Very many lines are one difference, which says how many: each says the same. */
public record BrokenLines(FileErrors errors) {
    /** As many as are differences of their own. */
    private static final int FEW = 10;

    public BrokenLines {
        requireNonNull(errors, "errors is null");
    }

    private boolean areMany() {
        return errors.count() > FEW;
    }

    /**
     * Each that is a difference of its own; of many the one that stands for all.
     *
     * @param rather which one that is, if there is one
     */
    public Stream<FileError> each(Predicate<FileError> rather) {
        return areMany()
                ? Stream.concat(errors.told().stream().filter(rather), errors.told().stream())
                        .limit(1)
                : errors.told().stream();
    }

    /** The line, and for how many it stands. */
    public String words(FileError error) {
        return areMany() ? errors.count() + " broken lines, as " + error.words() : error.words();
    }
}
