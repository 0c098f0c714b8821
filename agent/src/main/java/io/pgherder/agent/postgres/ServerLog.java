package io.pgherder.agent.postgres;

import io.pgherder.agent.configfile.PasswordMask;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server writes about itself. Its words are shown; they are known where the server speaks English, to a file of lines. What is decided by them
 * is how long a standby is waited for that its upstream refuses, and what that is said to come from: it must come right without them too, only later.
 * Those that may be a piece of a secret stay on the host. It writes at first to the file that it was started with, later, if
 * logging_collector is on, to the newest file of its log directory.
 */
public final class ServerLog {
    private static final int KEPT_LINES = 10;
    private static final int LONGEST_TOLD = 300;
    private static final int READ_BYTES = 1 << 16;
    private static final Pattern TROUBLE =
            Pattern.compile(".*\\b(FATAL|PANIC|ERROR|HINT|DETAIL|WARNING):.*|.*could not.*|.*forked off.*"
                    + "|.*\\b(incorrect|invalid|unexpected) (prev-link|resource manager|pageaddr|magic number).*|.*contrecord.*"
                    + "|.*invalid record length.* got (?!0$).*");
    private static final Pattern SHUTDOWN_REQUEST = Pattern.compile("received (smart|fast|immediate) shutdown request");
    private static final Pattern FATAL = Pattern.compile("\\b(FATAL|PANIC):");
    private static final Pattern SEVERITY = Pattern.compile("^.*?(?=(FATAL|PANIC|ERROR|HINT|DETAIL|WARNING|LOG):)");

    /** "line 7 of configuration file "/data01/pg/pg_hba.conf"": in English also of one that is elsewhere, or included. */
    private static final Pattern RULES_FILE = Pattern.compile("configuration file \\\\?\"+(/[^\"\\\\\\x00]+)");

    private final Path startupLog;
    private final Path logDirectory;
    private final Path rules;

    /** @param rules the pg_hba.conf whose errors it may speak of */
    public ServerLog(Path startupLog, Path logDirectory, Path rules) {
        this.startupLog = startupLog;
        this.logDirectory = logDirectory;
        this.rules = rules;
    }

    /** @param file that it stands in */
    private record Line(Path file, String text) {
        String told(SecretWords secrets) {
            return secrets.mayBeIn(text)
                    ? "words that may be a piece of a secret in pg_hba.conf are not shown: " + file + " has them"
                    : text;
        }
    }

    public Path startupLog() {
        return startupLog;
    }

    /** Where it goes on, for whoever wants to read it; empty if the server never wrote there. */
    public Optional<Path> place() {
        return files().stream().filter(Files::exists).max(Comparator.comparingLong(ServerLog::modified));
    }

    /** Ends of the files as they were at one moment. */
    public record Position(Map<Path, Long> sizes) {
        public Position {
            sizes = Map.copyOf(sizes);
        }
    }

    public Position position() {
        Map<Path, Long> sizes = new HashMap<>();
        sizes.put(startupLog, size(startupLog));
        // Also of the files that are not written now: with a name for each day of the week an old one is gone on with.
        allIn(logDirectory).forEach(file -> sizes.put(file, size(file)));
        return new Position(sizes);
    }

    /** The last lines since then that tell of trouble; others may hold statements of anybody. Repetitions are left out. */
    public List<String> troubleSince(Position position) {
        return told(position, line -> TROUBLE.matcher(line).matches());
    }

    /** The same of a server that has not begun to take connections; if nothing tells of trouble, the last lines of all. */
    public List<String> troubleOfStartSince(Position position) {
        List<String> trouble = troubleSince(position);
        return trouble.isEmpty() ? lastSince(position) : trouble;
    }

    /** The last lines since then, whatever they say. Repetitions are left out. */
    public List<String> lastSince(Position position) {
        return told(position, line -> true);
    }

    private List<String> told(Position position, Predicate<String> which) {
        List<Line> lines = linesSince(position);
        SecretWords secrets = SecretWords.in(rulesFiles(lines));
        return last(distinct(lines.stream()
                .filter(line -> which.test(line.text()))
                .map(line -> line.told(secrets))
                .toList()));
    }

    private Set<Path> rulesFiles(List<Line> lines) {
        Set<Path> files = new HashSet<>();
        files.add(rules);
        lines.stream()
                .map(line -> RULES_FILE.matcher(line.text()))
                .filter(Matcher::find)
                .flatMap(named -> path(named.group(1)).stream())
                .forEach(files::add);
        return files;
    }

    /** Anybody's text may stand in a log. */
    private static Optional<Path> path(String name) {
        try {
            return Optional.of(Path.of(name));
        } catch (InvalidPathException noFileOfOurs) {
            return Optional.empty();
        }
    }

    /** The last that it says of having been asked to end: "received fast shutdown request". */
    public Optional<String> shutdownRequestSince(Position position) {
        return linesSince(position).stream()
                .map(line -> SHUTDOWN_REQUEST.matcher(line.text()))
                .filter(Matcher::find)
                .map(Matcher::group)
                .reduce((earlier, later) -> later);
    }

    /**
     * What such lines give as the reason of an end, without what stands before it: "FATAL:  could not access file "nope"". Where it is kept and told
     * later, it holds no password, and is one line of a length that a person reads. Empty if there are none.
     */
    public static Optional<String> reason(List<String> words) {
        return words.stream()
                .filter(line -> FATAL.matcher(line).find())
                .reduce((earlier, later) -> later)
                .or(() -> words.stream().reduce((earlier, later) -> later))
                .map(line -> told(SEVERITY.matcher(line).replaceFirst("")));
    }

    /** Of what anybody may have put into a log. */
    public static String told(String words) {
        String printable =
                PasswordMask.value("", words.replaceAll("\\p{Cntrl}", "?").strip());
        return printable.length() <= LONGEST_TOLD ? printable : printable.substring(0, LONGEST_TOLD) + "...";
    }

    /** The last lines of a log; none if it cannot be read. */
    public static List<String> endOf(Path log) {
        long from = size(log) - READ_BYTES;
        List<String> lines = read(log, Math.max(from, 0));
        // Nobody knows how the first of them begins.
        return from > 0 && !lines.isEmpty() ? lines.subList(1, lines.size()) : lines;
    }

    private List<Line> linesSince(Position position) {
        List<Line> lines = new ArrayList<>();
        for (Path file : files()) {
            long from = Math.min(position.sizes().getOrDefault(file, 0L), size(file));
            read(file, Math.max(from, size(file) - READ_BYTES)).forEach(text -> lines.add(new Line(file, text)));
        }
        return lines;
    }

    private List<Path> files() {
        List<Path> files = new ArrayList<>();
        files.add(startupLog);
        newestIn(logDirectory).ifPresent(files::add);
        return files;
    }

    private static Optional<Path> newestIn(Path directory) {
        return allIn(directory).stream().max(Comparator.comparingLong(ServerLog::modified));
    }

    private static List<Path> allIn(Path directory) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, Files::isRegularFile)) {
            entries.forEach(files::add);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException | DirectoryIteratorException e) {
            // A log that cannot be read is not there for the reader; the trouble itself is reported anyway.
            return List.of();
        }
        return files;
    }

    private static long modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            return 0;
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    private static List<String> read(Path file, long from) {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            channel.position(from);
            ByteBuffer bytes = ByteBuffer.allocate(READ_BYTES);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // Filled until the end of the file.
            }
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static List<String> distinct(List<String> lines) {
        Set<String> seen = new HashSet<>();
        List<String> distinct = new ArrayList<>();
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (seen.add(SEVERITY.matcher(lines.get(i)).replaceFirst(""))) {
                distinct.add(0, lines.get(i));
            }
        }
        return distinct;
    }

    private static List<String> last(List<String> lines) {
        return List.copyOf(lines.subList(Math.max(0, lines.size() - KEPT_LINES), lines.size()));
    }
}
