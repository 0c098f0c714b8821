package io.pgherder.agent.postgres;

import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.system.Cancellation;
import io.pgherder.agent.system.Command;
import io.pgherder.agent.system.CommandResult;
import io.pgherder.agent.system.CommandRunner;
import io.pgherder.agent.system.ProcessIdentity;
import io.pgherder.agent.system.Wait;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * {@code pg_ctl}: starting and stopping a server. It is told not to wait; the waiting is done here, by looking at postmaster.pid every few
 * milliseconds where pg_ctl looks every hundred. A program that starts or stops a server is never ended before its time.
 */
public final class PgCtl {
    /** The question to ask of a server that is not loaded. */
    public static final String WHAT_IT_WAITS_FOR =
            "does a library of shared_preload_libraries wait for something, or the look-up of a name in listen_addresses?";

    /** Much longer than a server takes to write its first file, or to say why it does not. */
    private static final Duration FIRST_SIGN = Duration.ofSeconds(10);

    /** Most servers have written it by then; only then the processes of the host are looked through. */
    private static final Duration AT_ONCE = Duration.ofMillis(300);

    /** How long process 1 of a host may take to bury an orphan. */
    private static final Duration BURIAL = Duration.ofSeconds(30);

    private final CommandRunner runner;

    public PgCtl(CommandRunner runner) {
        this.runner = runner;
    }

    /** How to stop: see {@code pg_ctl stop --mode}. */
    public enum StopMode {
        FAST,
        IMMEDIATE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Launches the server of a data directory where none lives, and returns at its first sign of life. */
    public PostmasterPid launch(
            Installation installation, InstancePlace place, ServerLog log, Cancellation cancellation) {
        String node = place.node();
        Path dataDir = place.dataDir();
        awaitBurial(dataDir, cancellation);
        ServerLog.Position before = log.position();
        Command command = Command.of(
                installation.program("pg_ctl"),
                "start",
                "--no-wait",
                "--silent",
                "--pgdata=" + dataDir,
                "--log=" + log.startupLog());
        if (place.configDir().isPresent()) {
            command = command.with("--options=" + forTheShell(place.configOptions()));
        }
        CommandResult result = runner.run(command);
        if (!result.succeeded()) {
            throw PostgresProblem.START_FAILED
                    .summary("could not start " + node)
                    .detail(result.words(command))
                    .toolOutput(result.lastErrorLines())
                    .failure();
        }
        return Wait.untilPresent(AT_ONCE, Cancellation.never(), () -> PostmasterPid.live(dataDir))
                .or(() -> Wait.untilPresent(
                        FIRST_SIGN, Cancellation.never(), () -> firstSign(node, dataDir, log, before)))
                .orElseThrow(() -> startFailed(
                        node, "it gave no sign of life within " + FIRST_SIGN.toSeconds() + " s", log, before));
    }

    /** pg_ctl hands them to a shell. They hold paths only, and allowed roots let none through that a shell would read inside of quotes. */
    private static String forTheShell(List<String> options) {
        return options.stream().map(option -> '"' + option + '"').collect(Collectors.joining(" "));
    }

    /**
     * Waits until the server takes connections, as a primary or as a hot standby; as long as it recovers, however long that takes. Not for a
     * standby that says that it never will.
     *
     * @param within how long it may stay where it is
     * @param phases told which WAL file it has come to
     * @param seen shown the server each time that it is looked at
     */
    public PostmasterPid awaitAccepting(
            String node,
            Path dataDir,
            ServerLog log,
            ServerLog.Position since,
            Duration within,
            Consumer<String> phases,
            Consumer<PostmasterPid> seen,
            Cancellation cancellation) {
        RecoveryProgress progress = new RecoveryProgress();
        return Wait.untilPresentOrStill(within, cancellation, () -> accepting(node, dataDir, log, since, seen), () -> {
                    Optional<RecoveryPoint> reached = recoveryPoint(dataDir);
                    reached.flatMap(RecoveryPoint::walFile)
                            .ifPresent(file -> phases.accept("replaying WAL file " + file));
                    return reached.map(progress::movesAt);
                })
                .orElseThrow(() -> notAccepting(node, dataDir, within)
                        .toolOutput(log.troubleOfStartSince(since))
                        .failure());
    }

    private static Optional<PostmasterPid> accepting(
            String node, Path dataDir, ServerLog log, ServerLog.Position since, Consumer<PostmasterPid> seen) {
        PostmasterPid server =
                PostmasterPid.live(dataDir).orElseThrow(() -> startFailed(node, "the server ended again", log, since));
        seen.accept(server);
        if (server.isClosedStandby()) {
            throw neverAccepting(node);
        }
        return Optional.of(server).filter(PostmasterPid::isAccepting);
    }

    private static RuntimeException neverAccepting(String node) {
        return PostgresProblem.NOT_ACCEPTING
                .summary(node + " runs, and takes no connections")
                .detail("it is a standby, and was started with hot_standby = off")
                .hint(
                        "its files say so still: which of them, postgresql.auto.conf? Take that away, and run the same command again")
                .failure();
    }

    /** What is told of a server that is not loaded: "after 60 s it still loads its libraries, ...". */
    public static String stillLoads(Duration within) {
        return "after " + within.toSeconds()
                + " s it still loads its libraries, looks up its addresses or takes its memory";
    }

    private static AgentProblem notAccepting(String node, Path dataDir, Duration within) {
        Optional<PostmasterPid> hanging = PostmasterPid.live(dataDir).filter(server -> !server.isLoaded());
        if (hanging.isPresent()) {
            long pid = hanging.get().pid();
            return PostgresProblem.NOT_ACCEPTING
                    .summary(node + " has not begun to start")
                    .detail(stillLoads(within) + ", pid " + pid)
                    .hint(WHAT_IT_WAITS_FOR + " It has not come to its data:  kill -KILL " + pid
                            + "  ends it, and nothing else does");
        }
        return PostgresProblem.NOT_ACCEPTING
                .summary(node + " runs, and does not accept connections yet")
                .detail("waited " + within.toSeconds() + " s"
                        + recoveryPoint(dataDir)
                                .flatMap(RecoveryPoint::walFile)
                                .map(file -> ", all the time at WAL file " + file)
                                .orElse(""))
                .hint("is it still recovering? Running the same command again goes on waiting");
    }

    private static Optional<RecoveryPoint> recoveryPoint(Path dataDir) {
        return PostmasterPid.live(dataDir).map(RecoveryPoint::of);
    }

    /** Stops the server if one lives, and waits until it is gone. Returns whether there was one. */
    public boolean stop(
            Installation installation,
            String node,
            Path dataDir,
            StopMode mode,
            Duration within,
            Cancellation cancellation) {
        if (PostmasterPid.live(dataDir).isEmpty()) {
            return false;
        }
        Command command = Command.of(
                installation.program("pg_ctl"),
                "stop",
                "--no-wait",
                "--silent",
                "--pgdata=" + dataDir,
                "--mode=" + mode.word());
        CommandResult result = runner.run(command);
        // It may have ended by itself just before.
        if (!result.succeeded() && PostmasterPid.live(dataDir).isPresent()) {
            throw PostgresProblem.STOP_FAILED
                    .summary("could not stop " + node)
                    .detail(result.words(command))
                    .toolOutput(result.lastErrorLines())
                    .failure();
        }
        if (!Wait.until(within, cancellation, () -> PostmasterPid.live(dataDir).isEmpty())) {
            throw PostgresProblem.STOP_FAILED
                    .summary(node + " did not end within " + within.toSeconds() + " s")
                    .detail("it was told to stop (" + mode.word() + ") and still may")
                    .hint(
                            "does a standby or an archive_command hold it up? Run the same command again to go on waiting")
                    .failure();
        }
        return true;
    }

    /** PostgreSQL refuses to start while the pid in its postmaster.pid still stands for a process, be it a dead one. */
    private static void awaitBurial(Path dataDir, Cancellation cancellation) {
        PostmasterPid.read(dataDir)
                .map(leftover -> Math.abs(leftover.pid()))
                .ifPresent(pid -> Wait.untilOrFail(
                        "process 1 of the host has buried the old postmaster, pid " + pid,
                        BURIAL,
                        cancellation,
                        () -> !ProcessIdentity.isZombie(pid)));
    }

    private static Optional<PostmasterPid> firstSign(
            String node, Path dataDir, ServerLog log, ServerLog.Position before) {
        boolean isOnItsWay = LaunchedProcess.isThere(dataDir);
        // In this order: one that has ended by now was on its way before.
        Optional<PostmasterPid> live = PostmasterPid.live(dataDir);
        if (live.isEmpty() && !isOnItsWay) {
            throw startFailed(node, "the server gave up", log, before);
        }
        return live;
    }

    private static RuntimeException startFailed(String node, String why, ServerLog log, ServerLog.Position since) {
        List<String> words = log.lastSince(since);
        return PostgresProblem.START_FAILED
                .summary("could not start " + node)
                .detail(why)
                .hint(whereItSaysMore(words, log.place()))
                .toolOutput(words)
                .failure();
    }

    private static String whereItSaysMore(List<String> words, Optional<Path> place) {
        if (words.isEmpty()) {
            return place.map(file -> "the server has said nothing in its log " + file)
                    .orElse("no log of the server was found that would tell why");
        }
        return "the last lines are the server's own"
                + place.map(file -> "; its log goes on in " + file).orElse("");
    }
}
