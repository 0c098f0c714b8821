package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.LaunchedProcess;
import io.pgherder.agent.postgres.PgControlData;
import io.pgherder.agent.postgres.PostmasterPid;
import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.system.Cancellation;
import io.pgherder.agent.system.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;

/**
 * How a server has ended, told from what it leaves in its data directory. Its log is not asked: that may speak any language, be in any format, or be
 * kept anywhere.
 *
 * <pre>
 * postmaster.pid   pg_control            postmaster.opts   seen       it
 * of this server   not written           any               -          was killed, or crashed as a whole, before it began with its data
 * of this server   any                   any               starting   was killed, or crashed as a whole
 * gone             any                   any               stopping   was told to shut down
 * gone             written, "shut down"  any               ready      was told to shut down, smart or fast
 * gone             not written           not written       -          gave up before it had libraries, addresses and memory
 * gone             not written           written           -          gave up when it read its rules, or when it began with its data
 * gone             not written           written           starting   gave up when it began with its data, if that was in its first seconds
 * gone             written, any other    any               any        cannot be told: gave up or was told to end at once, amid its recovery or later
 * </pre>
 *
 * "Written" means since it was launched, "seen" is the last that postmaster.pid said whenever somebody looked. Until it reads its rules a server
 * takes no signal but the one that kills it, which leaves postmaster.pid behind: who gives up before that does so by itself. A server removes that
 * file at every other end, and says "stopping" in it from the moment that it is told to end, however fast; which is seen as long as somebody looks
 * often enough. It writes pg_control when it begins to recover, when it begins to accept connections, and as "shut down in
 * recovery" or "shut down" at the end of an orderly shutdown, also of one amid its start; but not at an immediate one, nor when it gives up. "Shut down"
 * alone is no proof before it accepts connections: a primary writes that at the end of its crash recovery too. One that ran before it was looked at
 * is not said to have given up.
 */
final class ServerTraces {
    private static final String SHUT_DOWN = "shut down";
    private static final String SHUT_DOWN_IN_RECOVERY = "shut down in recovery";

    private final Host host;
    private final InstancePlace place;
    private final boolean isLaunched;
    private final long lookedAtSince = System.nanoTime();
    /** The pid in a postmaster.pid that an earlier server has left. */
    private final Optional<Long> leftover;

    private final Optional<FileTime> controlFile;
    private final Optional<FileTime> options;
    private volatile boolean hasBegun;
    private volatile boolean hasAccepted;
    private volatile boolean wasStopping;

    /** What is known of the end of a server. */
    enum Ending {
        /** It has not ended, nor does it. */
        RUNS,
        TOLD_TO,
        KILLED,
        KILLED_BEFORE_ITS_DATA,
        GAVE_UP_BEFORE_ITS_RULES,
        GAVE_UP_AT_ITS_RULES,
        GAVE_UP_AT_ITS_DATA,
        UNCLEAR
    }

    private ServerTraces(Host host, InstancePlace place, boolean isLaunched) {
        this.host = host;
        this.place = place;
        this.isLaunched = isLaunched;
        this.leftover = isLaunched ? PostmasterPid.read(place.dataDir()).map(PostmasterPid::pid) : Optional.empty();
        this.controlFile = written(controlFile());
        this.options = written(options());
        // What is seen of one that runs already it may have said long ago.
        this.hasAccepted = !isLaunched;
    }

    /** Of one that is about to be launched where none runs. */
    static ServerTraces beforeLaunch(Host host, InstancePlace place) {
        return new ServerTraces(host, place, true);
    }

    /** Of one that runs already. */
    static ServerTraces ofRunning(Host host, InstancePlace place) {
        return new ServerTraces(host, place, false);
    }

    boolean isOfLaunch() {
        return isLaunched;
    }

    /** Whoever looks at the server shows what is seen: if it says where it is, it has read its rules by then. */
    void saw(PostmasterPid server) {
        hasBegun |= server.hasBegun();
        hasAccepted |= server.isAccepting();
        wasStopping |= server.isStopping();
    }

    Ending ending() {
        Optional<PostmasterPid> live = PostmasterPid.live(place.dataDir());
        if (live.isPresent()) {
            return live.get().isStopping() ? Ending.TOLD_TO : Ending.RUNS;
        }
        Optional<Long> left = PostmasterPid.read(place.dataDir()).map(PostmasterPid::pid);
        if (left.isPresent() && !left.equals(leftover)) {
            return isLaunched && !hasBegun && !hasWritten() ? Ending.KILLED_BEFORE_ITS_DATA : Ending.KILLED;
        }
        if (wasStopping) {
            return Ending.TOLD_TO;
        }
        if (hasWritten()) {
            return state().filter(this::isOfAShutdown).isPresent() ? Ending.TOLD_TO : Ending.UNCLEAR;
        }
        return isLaunched && controlFile.isPresent() && !isOnItsWay() ? gaveUp() : Ending.UNCLEAR;
    }

    /** Whether it was looked at often enough to its end: told to end at once, it says that it is stopping for some milliseconds. */
    private boolean wasWatchedClosely() {
        return System.nanoTime() - lookedAtSince < Wait.CLOSELY.toNanos();
    }

    private Ending gaveUp() {
        if (hasBegun) {
            return wasWatchedClosely() ? Ending.GAVE_UP_AT_ITS_DATA : Ending.UNCLEAR;
        }
        return written(options()).equals(options) ? Ending.GAVE_UP_BEFORE_ITS_RULES : Ending.GAVE_UP_AT_ITS_RULES;
    }

    /** Whether pg_control is another than before, or gone. */
    private boolean hasWritten() {
        return !written(controlFile()).equals(controlFile);
    }

    private boolean isOfAShutdown(String state) {
        return state.equals(SHUT_DOWN_IN_RECOVERY) || (state.equals(SHUT_DOWN) && hasAccepted);
    }

    /** Longer than any program takes that only looks at the directory. */
    private boolean isOnItsWay() {
        return !Wait.until(
                Duration.ofSeconds(1), Cancellation.never(), () -> !LaunchedProcess.isThere(place.dataDir()));
    }

    /** What its control file says, in words: of one that is as before it tells nothing. */
    String known() {
        if (!hasWritten()) {
            return "it has written nothing to its control file since it was looked at";
        }
        return state().map(state -> "its control file says \"" + state + "\"")
                .orElse("its control file cannot be read");
    }

    private Optional<String> state() {
        try {
            return Optional.of(new PgControlData(host.runner())
                    .read(host.installations().find(place), place.dataDir())
                    .state());
        } catch (OperationFailed unreadable) {
            // Then nothing is known, which is told; the next look at the instance says why.
            return Optional.empty();
        }
    }

    private Path controlFile() {
        return place.dataDir().resolve("global").resolve("pg_control");
    }

    private Path options() {
        return place.dataDir().resolve("postmaster.opts");
    }

    /** Empty for one that is not there; one that cannot be looked at is in the same directories as the control file, without which nothing is told. */
    private static Optional<FileTime> written(Path file) {
        try {
            return Optional.of(Files.getLastModifiedTime(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
