package io.pgherder.controller.drift;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a server cannot read in its configuration files. Very many lines are one difference, which says how many: each says the same.
 *
 * @param told as the agent tells them, "/data01/pg/pg_hba.conf:3: invalid authentication method ..."; of very many the first ones, and at
 *     last "2998 more"
 */
public record BrokenLines(List<String> told) {
    /** As many as are differences of their own. */
    private static final int FEW = 10;

    private static final Pattern MORE = Pattern.compile("(\\d{1,9}) more");

    public BrokenLines {
        told = List.copyOf(told);
    }

    /** How many there are. */
    public int count() {
        if (told.isEmpty()) {
            return 0;
        }
        Matcher more = MORE.matcher(told.get(told.size() - 1));
        return more.matches() ? told.size() - 1 + Integer.parseInt(more.group(1)) : told.size();
    }

    /** Whether they are one difference together. */
    public boolean areMany() {
        return count() > FEW;
    }

    /**
     * Each that is a difference of its own; of many the one that stands for all.
     *
     * @param rather which one that is, if there is one
     */
    public Stream<String> each(Predicate<String> rather) {
        if (!areMany()) {
            return told.stream();
        }
        return Stream.concat(lines().filter(rather), told.stream()).limit(1);
    }

    private Stream<String> lines() {
        return told.stream().filter(line -> !MORE.matcher(line).matches());
    }

    /** The line, and for how many it stands. */
    public String words(String line) {
        return areMany() ? count() + " broken lines, as " + line : line;
    }
}
