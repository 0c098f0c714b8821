package io.pgherder.agent.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How far a server has come that replays WAL and takes no connections yet: its startup process says in its title which file it is at,
 * unless {@code update_process_title} is off.
 *
 * @param walFile "000000010000000000000005": a later file has a greater name
 */
record RecoveryPoint(String walFile) implements Comparable<RecoveryPoint> {
    private static final Pattern TITLE =
            Pattern.compile("\\bstartup\\s+(?:recovering|waiting for)\\s+([0-9A-F]{24})\\b");

    /** Empty if the server does not recover, or does not say where. */
    static Optional<RecoveryPoint> of(PostmasterPid postmaster) {
        return ProcessHandle.of(postmaster.pid()).stream()
                .flatMap(ProcessHandle::children)
                .flatMap(child -> title(child.pid()))
                .map(TITLE::matcher)
                .filter(Matcher::find)
                .map(title -> new RecoveryPoint(title.group(1)))
                .max(Comparator.naturalOrder());
    }

    private static Stream<String> title(long pid) {
        try {
            byte[] bytes = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "cmdline"));
            return Stream.of(new String(bytes, StandardCharsets.ISO_8859_1));
        } catch (IOException gone) {
            return Stream.empty();
        }
    }

    @Override
    public int compareTo(RecoveryPoint other) {
        return walFile.compareTo(other.walFile);
    }
}
