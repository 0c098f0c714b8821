package io.pgherder.agent.inspect;

import io.pgherder.agent.system.RegularFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code postmaster.opts}, the command line of the last start, which PostgreSQL leaves in the data directory: it tells where an instance has
 * its configuration, also one that does not run. Debian starts with {@code -c config_file=FILE}; others with {@code -D} and a directory whose
 * postgresql.conf says where the data is.
 */
final class PostmasterOpts {
    private static final int LARGEST_FILE_BYTES = 1 << 16;

    private static final Pattern ARGUMENT = Pattern.compile("\"([^\"]*)\"");
    private static final Pattern CONFIG_FILE = Pattern.compile("(?:-c|--)?config[_-]file=(.+)");

    private PostmasterOpts() {}

    /** The directory of the postgresql.conf that the last start read, a real path; empty: not known. Touches the data directory. */
    static Optional<Path> configDirectory(Path dataDir) {
        try {
            Path file = dataDir.resolve("postmaster.opts");
            return Files.isRegularFile(file) && Files.size(file) <= LARGEST_FILE_BYTES
                    ? configDirectory(new String(RegularFile.read(file), StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (IOException goneOrClosed) {
            return Optional.empty();
        }
    }

    private static Optional<Path> configDirectory(String commandLine) {
        List<String> arguments = new ArrayList<>();
        Matcher matcher = ARGUMENT.matcher(commandLine);
        while (matcher.find()) {
            arguments.add(matcher.group(1));
        }
        return last(CONFIG_FILE, arguments)
                .flatMap(PostmasterOpts::absolute)
                .map(Path::getParent)
                .or(() -> directory(arguments))
                .flatMap(PostmasterOpts::real);
    }

    private static Optional<String> last(Pattern pattern, List<String> arguments) {
        return arguments.stream()
                .map(pattern::matcher)
                .filter(Matcher::matches)
                .map(match -> match.group(1))
                .reduce((earlier, later) -> later);
    }

    /** That of {@code -D}, where the configuration is if nothing else is said. */
    private static Optional<Path> directory(List<String> arguments) {
        int at = arguments.lastIndexOf("-D");
        return at >= 0 && at + 1 < arguments.size() ? absolute(arguments.get(at + 1)) : Optional.empty();
    }

    /** A relative one began where the start was typed, which nobody knows. */
    private static Optional<Path> absolute(String text) {
        try {
            return Optional.of(Path.of(text)).filter(Path::isAbsolute);
        } catch (InvalidPathException notToBeNamed) {
            return Optional.empty();
        }
    }

    private static Optional<Path> real(Path directory) {
        try {
            return Optional.of(directory.toRealPath());
        } catch (IOException gone) {
            return Optional.of(directory);
        }
    }
}
