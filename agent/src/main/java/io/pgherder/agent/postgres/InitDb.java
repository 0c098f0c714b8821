package io.pgherder.agent.postgres;

import io.pgherder.agent.system.Cancellation;
import io.pgherder.agent.system.Command;
import io.pgherder.agent.system.CommandListener;
import io.pgherder.agent.system.CommandResult;
import io.pgherder.agent.system.CommandRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** {@code initdb}: a new instance in an empty directory. */
public final class InitDb {
    private static final Duration TIMEOUT = Duration.ofMinutes(10);
    private static final Duration SYNC_TIMEOUT = Duration.ofHours(2);

    /** The first version that computes checksums unless it is told not to; older ones do not know how they are told. */
    private static final int CHECKSUMS_BY_DEFAULT = 18;

    private final CommandRunner runner;

    public InitDb(CommandRunner runner) {
        this.runner = runner;
    }

    /**
     * What the new instance is like.
     *
     * @param encoding empty: initdb's own choice
     * @param locale empty: initdb's own choice
     * @param sync whether it brings to disk what it has written; else its caller does
     */
    public record Options(String superuser, String encoding, String locale, boolean dataChecksums, boolean sync) {}

    /** Runs it; the caller judges the result. Both directories are empty or absent. */
    public CommandResult run(
            Installation installation,
            Path dataDir,
            Optional<Path> walDir,
            Options options,
            CommandListener listener,
            Cancellation cancellation) {
        return runner.run(command(installation, dataDir, walDir, options), listener, cancellation);
    }

    /** Brings every file of a data directory to disk, those of its WAL directory too; how many there are decides how long that takes. */
    public CommandResult syncOnly(
            Installation installation, Path dataDir, CommandListener listener, Cancellation cancellation) {
        Command command = Command.of(installation.program("initdb"), "--sync-only", "--pgdata=" + dataDir)
                .within(SYNC_TIMEOUT);
        return runner.run(command, listener, cancellation);
    }

    /** The command, for its words when it has failed. */
    public static Command command(Installation installation, Path dataDir, Optional<Path> walDir, Options options) {
        Command command = Command.of(
                        installation.program("initdb"),
                        "--pgdata=" + dataDir,
                        "--username=" + options.superuser(),
                        "--auth-local=peer",
                        "--auth-host=scram-sha-256",
                        // Whatever the locale: what a server writes into its log is read, to say why one does not start
                        // or stream.
                        "--lc-messages=C")
                .within(TIMEOUT);
        if (walDir.isPresent()) {
            command = command.with("--waldir=" + walDir.get());
        }
        if (!options.encoding().isEmpty()) {
            command = command.with("--encoding=" + options.encoding());
        }
        if (!options.locale().isEmpty()) {
            command = command.with("--locale=" + options.locale());
        }
        if (options.dataChecksums()) {
            command = command.with("--data-checksums");
        } else if (installation.majorVersion() >= CHECKSUMS_BY_DEFAULT) {
            command = command.with("--no-data-checksums");
        }
        return options.sync() ? command : command.with("--no-sync");
    }
}
