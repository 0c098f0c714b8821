package io.pgherder.agent.operation;

import java.util.List;
import java.util.regex.Pattern;

/** What programs say when there is no room for what they write: on the disk, in a quota, or in a single file. */
final class NoSpace {
    private static final Pattern WORDS = Pattern.compile("No space left on device|File too large|Disk quota exceeded");

    private NoSpace() {}

    static boolean isToldIn(List<String> lines) {
        return lines.stream().anyMatch(WORDS.asPredicate());
    }
}
