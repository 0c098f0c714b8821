package io.pgherder.agent.system;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import static java.util.Objects.requireNonNull;

/**
 * A program with its arguments, to be started without a shell.
 *
 * @param environment what is set beside the few variables that every command gets (PATH, HOME, LC_ALL=C)
 * @param directory where it runs; empty: the root directory, so that no file system is kept busy
 * @param secrets texts that are masked wherever the command or its output is shown
 * @param timeout after this long the program is ended
 */
public record Command(
        List<String> arguments,
        Map<String, String> environment,
        Optional<Path> directory,
        Set<String> secrets,
        Duration timeout) {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(1);

    public Command {
        arguments = List.copyOf(arguments);
        environment = Collections.unmodifiableMap(new TreeMap<>(environment));
        requireNonNull(directory, "directory is null");
        secrets = Set.copyOf(secrets);
        requireNonNull(timeout, "timeout is null");
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("a command needs a program");
        }
    }

    public static Command of(Path program, String... arguments) {
        return new Command(List.of(program.toString()), Map.of(), Optional.empty(), Set.of(), DEFAULT_TIMEOUT)
                .with(arguments);
    }

    /** The same command with more arguments at its end. */
    public Command with(String... more) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of(more));
        return new Command(all, environment, directory, secrets, timeout);
    }

    public Command withEnvironment(String name, String value) {
        Map<String, String> all = new TreeMap<>(environment);
        all.put(name, value);
        return new Command(arguments, all, directory, secrets, timeout);
    }

    public Command in(Path directory) {
        return new Command(arguments, environment, Optional.of(directory), secrets, timeout);
    }

    public Command masking(Set<String> secrets) {
        return new Command(arguments, environment, directory, secrets, timeout);
    }

    public Command within(Duration timeout) {
        return new Command(arguments, environment, directory, secrets, timeout);
    }

    /** The program's name without its directory: "pg_basebackup". */
    public String program() {
        String path = arguments.get(0);
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** A line of text with every secret replaced. */
    public String mask(String text) {
        String masked = text;
        for (String secret : secrets) {
            if (!secret.isEmpty()) {
                masked = masked.replace(secret, "****");
            }
        }
        return masked;
    }

    /** The command line as a person would type it, without secrets. */
    @Override
    public String toString() {
        return mask(String.join(" ", arguments));
    }
}
