package io.pgherder.agent;

import io.pgherder.agent.ConfigLines.Entry;
import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.tls.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads an agent's configuration file and says everything that is wrong with it at once. Looks at directories, makes none. */
public final class AgentConfigReader {
    private static final String LISTEN = "listen";
    private static final String ROOTS = "roots";
    private static final String STATE_DIR = "state_dir";
    private static final String TLS_CERTIFICATE = "tls_certificate";
    private static final String TLS_KEY = "tls_key";
    private static final String TLS_CA = "tls_ca";
    private static final String SOCKET_DIR = "socket_dir";
    private static final String BIN_DIRS = "bin_dirs";
    private static final String LOG_LEVEL = "log_level";
    private static final List<String> KEYS =
            List.of(LISTEN, ROOTS, STATE_DIR, TLS_CERTIFICATE, TLS_KEY, TLS_CA, SOCKET_DIR, BIN_DIRS, LOG_LEVEL);

    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([^\\s:\\[\\]]+)):(\\d{1,5})");
    private static final Map<String, Level> LOG_LEVELS =
            Map.of("error", Level.SEVERE, "warning", Level.WARNING, "info", Level.INFO, "debug", Level.FINE);
    private static final Path DEBIAN_SOCKET_DIR = Path.of("/var/run/postgresql");

    private final List<AgentProblem> problems = new ArrayList<>();
    private Optional<TlsFiles> tls = Optional.empty();

    /** What was wrong with the file that was read; empty if nothing. */
    public List<AgentProblem> problems() {
        return List.copyOf(problems);
    }

    /** @return empty if there are {@link #problems()} */
    public Optional<AgentConfig> read(Path file) {
        Optional<AgentConfig> config = readLines(file).map(this::interpret);
        tls = config.map(AgentConfig::tls);
        return config.filter(good -> problems.isEmpty());
    }

    /** The TLS files that the file names, whatever else is wrong with it; one that it does not name is an empty path. */
    public Optional<TlsFiles> tls() {
        return tls;
    }

    private Optional<ConfigLines> readLines(Path file) {
        try {
            return Optional.of(new ConfigLines(Files.readAllLines(file), problems));
        } catch (NoSuchFileException e) {
            problems.add(AgentProblem.of(ConfigProblem.UNREADABLE, "there is no configuration file " + file)
                    .hint("start the agent with --config FILE"));
        } catch (IOException e) {
            problems.add(AgentProblem.of(ConfigProblem.UNREADABLE, "could not read the configuration file " + file)
                    .detail(e.getClass().getSimpleName() + ": " + e.getMessage())
                    .hint("may the agent's account read it, and is it a text file in UTF-8?"));
        }
        return Optional.empty();
    }

    private AgentConfig interpret(ConfigLines lines) {
        lines.entries().forEach(this::checkKey);
        Listen listen = required(lines, LISTEN).flatMap(this::listen).orElse(new Listen("", 0));
        List<Path> roots = required(lines, ROOTS).map(this::roots).orElse(List.of());
        Path stateDir = required(lines, STATE_DIR).map(this::stateDir).orElse(Path.of(""));
        TlsFiles tls = new TlsFiles(
                required(lines, TLS_CERTIFICATE).map(this::absolute).orElse(Path.of("")),
                required(lines, TLS_KEY).map(this::absolute).orElse(Path.of("")),
                required(lines, TLS_CA).map(this::absolute).orElse(Path.of("")));
        Path socketDir = lines.find(SOCKET_DIR).map(this::directory).orElseGet(AgentConfigReader::usualSocketDir);
        List<Path> binDirs = lines.find(BIN_DIRS).map(this::directories).orElse(List.of());
        Level logLevel = lines.find(LOG_LEVEL).map(this::logLevel).orElse(Level.INFO);
        return new AgentConfig(listen.host(), listen.port(), roots, stateDir, tls, socketDir, binDirs, logLevel);
    }

    private void checkKey(Entry entry) {
        if (!KEYS.contains(entry.key())) {
            problems.add(AgentProblem.of(
                            ConfigProblem.UNKNOWN_KEY, "line " + entry.line() + " sets an unknown key " + entry.key())
                    .hint(NearMatch.of(entry.key(), KEYS)
                            .map(near -> "did you mean " + near + "?")
                            .orElse("known are " + String.join(", ", KEYS))));
        }
    }

    private Optional<Entry> required(ConfigLines lines, String key) {
        Optional<Entry> entry = lines.find(key);
        if (entry.isEmpty()) {
            problems.add(AgentProblem.of(ConfigProblem.MISSING_KEY, key + " is missing")
                    .hint(example(key)));
        }
        return entry;
    }

    private static String example(String key) {
        return "for example: " + key + " = "
                + switch (key) {
                    case LISTEN -> "10.0.1.11:7432";
                    case ROOTS -> "/data01/pg, /data02/pg";
                    case STATE_DIR -> "/var/lib/pgherder";
                    case TLS_CERTIFICATE -> "/etc/pgherder/tls/agent.crt";
                    case TLS_KEY -> "/etc/pgherder/tls/agent.key";
                    default -> "/etc/pgherder/tls/ca.crt";
                };
    }

    private record Listen(String host, int port) {}

    private Optional<Listen> listen(Entry entry) {
        Matcher parts = HOST_AND_PORT.matcher(entry.value());
        if (!parts.matches()) {
            badValue(entry, "is not a host:port", "for example 10.0.1.11:7432 or [fd00::11]:7432");
            return Optional.empty();
        }
        int port = Integer.parseInt(parts.group(3));
        if (port < 1 || port > 65535) {
            badValue(entry, "has no port between 1 and 65535", "");
            return Optional.empty();
        }
        return Optional.of(new Listen(parts.group(1) != null ? parts.group(1) : parts.group(2), port));
    }

    private List<Path> roots(Entry entry) {
        List<Path> roots = directories(entry);
        if (roots.contains(Path.of("/"))) {
            badValue(entry, "allows the whole file system", "name the directories that hold instances");
        }
        roots.stream()
                .filter(root -> Files.exists(root.resolve("PG_VERSION")))
                .forEach(root -> badDirectory(
                        new Entry(entry.key(), root.toString(), entry.line()),
                        "is the data directory of an instance",
                        "name the directory above it: a copy is made beside the one that it replaces"));
        return roots;
    }

    private List<Path> directories(Entry entry) {
        return Arrays.stream(entry.value().split(",", -1))
                .map(part -> directory(new Entry(entry.key(), part.strip(), entry.line())))
                .toList();
    }

    private Path directory(Entry entry) {
        Path directory = absolute(entry);
        if (directory.isAbsolute() && !Files.isDirectory(directory)) {
            badDirectory(
                    entry,
                    Files.exists(directory) ? "is not a directory" : "does not exist",
                    "make it, owned by the agent's account, or correct the path");
        }
        return directory;
    }

    private Path absolute(Entry entry) {
        Path path = Path.of(entry.value());
        if (!path.isAbsolute()) {
            badValue(entry, "is not an absolute path", "");
        }
        return path.normalize();
    }

    private Path stateDir(Entry entry) {
        Path stateDir = absolute(entry);
        Path parent = stateDir.getParent();
        if (Files.isDirectory(stateDir)) {
            new StateDirectoryCheck(stateDir, System.getProperty("user.name"))
                    .complaint()
                    .ifPresent(complaint -> badDirectory(entry, complaint.words(), complaint.hint()));
        } else if (Files.exists(stateDir)) {
            badDirectory(entry, "is not a directory", "");
        } else if (stateDir.isAbsolute() && (parent == null || !Files.isWritable(parent))) {
            badDirectory(
                    entry,
                    "does not exist and cannot be made here",
                    "make it with mode 0700, owned by the agent's account");
        }
        return stateDir;
    }

    private Level logLevel(Entry entry) {
        Level level = LOG_LEVELS.get(entry.value());
        if (level == null) {
            badValue(entry, "is not a log level", "known are error, warning, info, debug");
            return Level.INFO;
        }
        return level;
    }

    private static Path usualSocketDir() {
        return Files.isWritable(DEBIAN_SOCKET_DIR) ? DEBIAN_SOCKET_DIR : Path.of("/tmp");
    }

    private void badValue(Entry entry, String complaint, String hint) {
        problems.add(AgentProblem.of(ConfigProblem.BAD_VALUE, whatIsWrong(entry, complaint))
                .hint(hint));
    }

    private void badDirectory(Entry entry, String complaint, String hint) {
        problems.add(AgentProblem.of(ConfigProblem.BAD_DIRECTORY, whatIsWrong(entry, complaint))
                .hint(hint));
    }

    private static String whatIsWrong(Entry entry, String complaint) {
        return "line " + entry.line() + ": " + entry.key() + " " + entry.value() + " " + complaint;
    }
}
