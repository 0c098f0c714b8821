package io.pgherder.agent.inspect;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * A configuration file as it stands on disk.
 *
 * @param lines without comments, blank lines and passwords
 * @param linesLeftOut how many such lines there are behind them that are not told, of a file that has very many
 * @param inUse false if the server would not read it
 * @param writtenAt when it took its present place and content
 * @param symbolicLink whether a link stands in its place, through which no operation writes
 */
public record ConfigFile(
        Path path, List<String> lines, int linesLeftOut, boolean inUse, Instant writtenAt, boolean symbolicLink) {
    public ConfigFile {
        requireNonNull(path, "path is null");
        requireNonNull(writtenAt, "writtenAt is null");
        lines = List.copyOf(lines);
    }
}
