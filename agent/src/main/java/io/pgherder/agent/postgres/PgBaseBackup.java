package io.pgherder.agent.postgres;

import io.pgherder.agent.system.Cancellation;
import io.pgherder.agent.system.Command;
import io.pgherder.agent.system.CommandListener;
import io.pgherder.agent.system.CommandResult;
import io.pgherder.agent.system.CommandRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code pg_basebackup}: a copy of a running instance, with the WAL that makes it whole. */
public final class PgBaseBackup {
    /** Terabytes take long; who waits can see it move and cancel it. */
    private static final Duration TIMEOUT = Duration.ofDays(7);

    private static final Pattern PROGRESS =
            Pattern.compile("\\s*(\\d+)/(\\d+) kB \\(\\d+%\\), \\d+/(\\d+) tablespaces?.*");
    private static final long BYTES_PER_KB = 1024;

    private final CommandRunner runner;

    public PgBaseBackup(CommandRunner runner) {
        this.runner = runner;
    }

    /**
     * What to copy, where to, and how.
     *
     * @param conninfo without a password
     * @param passfile has the password
     * @param slot keeps the WAL until the standby streams; it exists already
     * @param maxRate as the program takes it: "50M"
     * @param fastCheckpoint false: wait for the source's next scheduled checkpoint
     * @param sync whether it brings to disk what it has copied; else its caller does
     */
    public record Options(
            Path dataDir,
            Optional<Path> walDir,
            String conninfo,
            Path passfile,
            Optional<String> slot,
            Optional<String> maxRate,
            boolean fastCheckpoint,
            boolean sync) {}

    /** Runs it; the caller judges the result. Both directories are empty or absent. */
    public CommandResult run(
            Installation installation, Options options, CommandListener listener, Cancellation cancellation) {
        return runner.run(command(installation, options), listener, cancellation);
    }

    /** The command, for its words when it has failed. */
    public static Command command(Installation installation, Options options) {
        Command command = Command.of(
                        installation.program("pg_basebackup"),
                        "--pgdata=" + options.dataDir(),
                        "--format=plain",
                        "--wal-method=stream",
                        "--checkpoint=" + (options.fastCheckpoint() ? "fast" : "spread"),
                        "--dbname=" + options.conninfo(),
                        "--no-password",
                        "--progress",
                        "--verbose")
                .withEnvironment("PGPASSFILE", options.passfile().toString())
                .within(TIMEOUT);
        if (options.walDir().isPresent()) {
            command = command.with("--waldir=" + options.walDir().get());
        }
        if (options.slot().isPresent()) {
            command = command.with("--slot=" + options.slot().get());
        }
        if (options.maxRate().isPresent()) {
            command = command.with("--max-rate=" + options.maxRate().get());
        }
        return options.sync() ? command : command.with("--no-sync");
    }

    /** What a line of the program's verbose output says about how far it is. */
    public sealed interface Advance {
        /** It entered another phase. */
        record Phase(String words) implements Advance {}

        /**
         * It copies.
         *
         * @param tablespaces how many the source has, the default one included
         */
        record Copied(long doneBytes, long totalBytes, int tablespaces) implements Advance {}
    }

    /** Empty for a line that says nothing about progress. */
    public static Optional<Advance> advance(String line) {
        Matcher progress = PROGRESS.matcher(line);
        if (progress.matches()) {
            return Optional.of(new Advance.Copied(
                    Long.parseLong(progress.group(1)) * BYTES_PER_KB,
                    Long.parseLong(progress.group(2)) * BYTES_PER_KB,
                    Integer.parseInt(progress.group(3))));
        }
        return phase(line).map(Advance.Phase::new);
    }

    private static Optional<String> phase(String line) {
        if (line.contains("waiting for checkpoint to complete")) {
            return Optional.of("waiting for the checkpoint");
        }
        if (line.contains("checkpoint completed")) {
            return Optional.of("copying");
        }
        if (line.contains("waiting for background process to finish streaming")) {
            return Optional.of("receiving the last WAL");
        }
        if (line.contains("syncing data to disk")) {
            return Optional.of("syncing to disk");
        }
        return Optional.empty();
    }
}
