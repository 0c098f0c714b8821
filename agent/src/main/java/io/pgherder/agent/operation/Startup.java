package io.pgherder.agent.operation;

import io.pgherder.agent.configfile.PrimaryConninfo;
import io.pgherder.agent.postgres.ConfigDirectoryCheck;
import io.pgherder.agent.postgres.ConfigurationCheck;
import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.PgControlData;
import io.pgherder.agent.postgres.PgCtl;
import io.pgherder.agent.postgres.PostmasterPid;
import io.pgherder.agent.postgres.RefusedSettings;
import io.pgherder.agent.postgres.ServerLog;
import io.pgherder.agent.postgres.WalFiles;
import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.system.DataDirectory;
import io.pgherder.agent.system.DirectoryMode;
import io.pgherder.agent.system.FileFailure;
import io.pgherder.agent.system.Wait;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The start of an instance in the role that it is meant to have, until it does its work: accepts connections, and streams if a standby. */
final class Startup {
    /** Longer than a busy primary takes after a crash where it does not say which WAL file it is at, as at the checkpoint in the end. */
    private static final Duration PRIMARY_ACCEPTS = Duration.ofMinutes(5);

    /** Longer than the replay of one WAL file. */
    private static final Duration STANDBY_ACCEPTS = Duration.ofMinutes(1);

    private final OperationContext context;
    private final InstancePlace place;
    private final boolean asPrimary;
    private final ConfigurationFiles files;
    private final PgCtl pgCtl;

    Startup(OperationContext context, InstancePlace place, boolean asPrimary) {
        this.context = context;
        this.place = place;
        this.asPrimary = asPrimary;
        this.files = context.host().configuration(place);
        this.pgCtl = new PgCtl(context.host().runner());
    }

    /** Refuses a directory in which no server can start, or none may: another's WAL would be lost, or nobody is let in. */
    void requireOwnDirectories() {
        OwnWal.require(context.host(), place, "refusing to start " + place.node() + " on the WAL of another instance");
        requireClosed();
    }

    private void requireClosed() {
        try {
            DirectoryMode mode = DirectoryMode.of(place.dataDir());
            if (!mode.isClosedToOthers()) {
                throw StartProblem.OPEN_DIRECTORY
                        .summary("refusing to start " + place.node()
                                + ": PostgreSQL does not start in a directory that is open to others")
                        .detail(place.dataDir() + " has mode " + mode)
                        .hint("chmod 0700 " + place.dataDir())
                        .failure();
            }
        } catch (IOException e) {
            throw FileFailure.explain(StartProblem.OPEN_DIRECTORY.summary("could not look at " + place.dataDir()), e)
                    .failure(e);
        }
    }

    /** Refuses a directory that is no whole instance, or would come up in another role. */
    void requireRole() {
        DataDirectory directory = context.host().directory(place);
        directory.settle();
        if (!directory.holdsInstance()) {
            throw StartProblem.NO_INSTANCE
                    .summary("there is no instance in " + place.dataDir())
                    .hint("a plan of its cluster says what is missing")
                    .failure();
        }
        if (!asPrimary && !files.isStandby()) {
            throw StartProblem.WOULD_BE_PRIMARY
                    .summary("refusing to start " + place.node() + ": it would come up as a second primary")
                    .detail(place.dataDir() + " has no standby.signal")
                    .hint("was it the primary before? It must be rewound or cloned again before it can follow")
                    .failure();
        }
        if (!asPrimary) {
            RecoveryTarget.requireNone(place, files);
        }
        if (asPrimary && DataDirectory.isRecovering(place.dataDir())) {
            throw StartProblem.WOULD_RECOVER
                    .summary("refusing to start " + place.node() + ": it would recover an archive")
                    .detail(place.dataDir() + " has a recovery.signal")
                    .hint(
                            "who put it there? Without a recovery that is meant, remove it, then run the same command again")
                    .failure();
        }
        if (asPrimary && files.isStandby()) {
            throw StartProblem.WOULD_BE_STANDBY
                    .summary("refusing to start " + place.node() + " as the primary: it is a standby")
                    .detail(place.dataDir() + " has a standby.signal")
                    .hint(
                            "if it runs as the primary now, the file does not belong there: remove it. If it is a standby, promote it:"
                                    + " the role is never moved by a start")
                    .failure();
        }
    }

    /** Refuses a primary that would begin another history below what its standbys have. */
    void requireWal(String leastLsn) {
        WalFiles wal = new PgControlData(context.host().runner())
                .wal(context.host().installations().find(place), place.dataDir());
        if (!wal.reaches(WalFiles.position(leastLsn))) {
            throw StartProblem.LACKS_WAL
                    .summary("refusing to start " + place.node() + " as the primary: a standby has WAL that it lacks")
                    .detail("a standby on its timeline has " + leastLsn + ", and the files in " + wal.directory()
                            + " do not reach that")
                    .hint(
                            "was it restored from an older copy? What its standbys have more was acknowledged: to keep that, promote the one"
                                    + " that has most. To keep " + place.node()
                                    + " as it is, stop its standbys and move their data and WAL directories away: they are cloned again")
                    .failure();
        }
    }

    /** Until it does its work. */
    String run() {
        FormerSettings former = FormerSettings.kept(place, context.host());
        if (!runs() || isClosedForGood()) {
            requireOwnFiles();
        }
        Begun begun = accepting(former);
        return begun.words() + awaitStreaming(begun);
    }

    private Begun accepting(FormerSettings former) {
        Begun begun = prepared();
        try {
            context.toItsEnd(outage -> {
                new Startup(outage, place, asPrimary).launch(begun, former);
                return begun;
            });
            awaitAccepting(begun);
            return begun;
        } catch (OperationFailed e) {
            Ended ended = ended(begun).now();
            FormerHba.Outcome byRules = new FormerHba(place, context.host()).startAgain(context, asPrimary, ended, e);
            throw byRules.state() == FormerHba.State.NOT_ITS_RULES
                    ? new StartAsBefore(former, asPrimary).run(context, ended, byRules.told())
                    : byRules.told();
        }
    }

    /**
     * @param words "started"
     * @param log of its server
     * @param logBefore where that ended before
     * @param traces that it leaves
     */
    record Begun(String words, ServerLog log, ServerLog.Position logBefore, ServerTraces traces) {}

    /** Refuses a configuration elsewhere by which the server would use other directories than its own. */
    void requireOwnFiles() {
        new ConfigDirectoryCheck(context.host().runner())
                .requireOwn(context.host().installations().find(place), place, place.dataDir());
    }

    /** Until its process runs. That its files are its own has been checked: here nobody can write. */
    Begun begin() {
        Begun begun = prepared();
        launch(begun, FormerSettings.none(place));
        return begun;
    }

    /** Until nothing runs that is in the way of its process, or it runs already. */
    Begun prepared() {
        ServerLog log = serverLog(context.host(), place);
        ServerLog.Position before = log.position();
        if (runs() && !isClosedForGood() && !hasHung(log)) {
            return new Begun(
                    "already running: nothing to do", log, before, ServerTraces.ofRunning(context.host(), place));
        }
        if (runs()) {
            new StopInstance(place, PgCtl.StopMode.FAST).run(context);
        }
        awaitEndOfStopping();
        return new Begun("started", log, before, ServerTraces.beforeLaunch(context.host(), place));
    }

    /** One that an agent launched earlier and that hangs would be in the way of every further start. Where nothing was changed it is not ended. */
    private boolean hasHung(ServerLog log) {
        HangingLaunch hanging = new HangingLaunch(place, log);
        return !FormerSettings.kept(place, context.host()).isEmpty()
                && !hanging.isLoaded(server -> {}, context.cancellation())
                && hanging.end().isPresent();
    }

    /** @param former what it may be started with, should it hang; if there is nothing, it is left alone */
    void launch(Begun begun, FormerSettings former) {
        if (!begun.traces().isOfLaunch()) {
            return;
        }
        context.phase("starting");
        try {
            begun.traces()
                    .saw(pgCtl.launch(
                            context.host().installations().find(place), place, begun.log(), context.cancellation()));
        } catch (OperationFailed e) {
            throw ended(begun).ifSomebodyStoppedIt(e);
        }
        HangingLaunch hanging = new HangingLaunch(place, begun.log());
        if (!former.isEmpty() && !hanging.isLoaded(begun.traces()::saw, context.cancellation())) {
            hanging.end().ifPresent(told -> {
                throw told;
            });
        }
    }

    void awaitAccepting(Begun begun) {
        context.phase("waiting until it accepts connections");
        try {
            pgCtl.awaitAccepting(
                    place.node(),
                    place.dataDir(),
                    begun.log(),
                    begun.logBefore(),
                    asPrimary ? PRIMARY_ACCEPTS : STANDBY_ACCEPTS,
                    context::phase,
                    begun.traces()::saw,
                    context.cancellation());
            FormerSettings.forget(place, context.host());
            RefusedSettings.forgetUnlessHeldBack(place, context.host().files(place));
            new FormerHba(place, context.host()).forget();
            new PreloadedLibraries(place).requireLoaded();
        } catch (OperationFailed e) {
            throw ended(begun).ifSomebodyStoppedIt(e);
        }
    }

    EndedMeanwhile ended(Begun begun) {
        return new EndedMeanwhile(place, begun.log(), begun.logBefore(), begun.traces());
    }

    private boolean runs() {
        return !isStopping() && PostmasterPid.live(place.dataDir()).isPresent();
    }

    /** It was started with {@code hot_standby = off}, and would not be now. */
    private boolean isClosedForGood() {
        boolean isClosed = PostmasterPid.live(place.dataDir())
                .filter(PostmasterPid::isClosedStandby)
                .isPresent();
        return isClosed
                && new ConfigurationCheck(context.host().runner())
                        .value("hot_standby", context.host().installations().find(place), place)
                        .filter("on"::equals)
                        .isPresent();
    }

    private boolean isStopping() {
        return PostmasterPid.live(place.dataDir())
                .filter(PostmasterPid::isStopping)
                .isPresent();
    }

    private void awaitEndOfStopping() {
        Wait.untilOrFail(
                "the server of " + place.node() + ", which is stopping, has ended",
                StopInstance.WITHIN,
                context.cancellation(),
                () -> !isStopping());
    }

    /** Until a standby streams. Returns from whom, to be appended to other words; nothing for a primary. */
    String awaitStreaming(Begun begun) {
        if (asPrimary) {
            return "";
        }
        PrimaryConninfo upstream = files.settings()
                .value("primary_conninfo")
                .filter(conninfo -> !conninfo.isEmpty())
                .map(PrimaryConninfo::parse)
                .orElseThrow(() -> StartProblem.NOT_STREAMING
                        .summary(place.node() + " runs, and has no upstream to stream from")
                        .detail("primary_conninfo in " + files.managed().path() + " is empty")
                        .failure());
        try (ServerSession session = ServerSession.open(place)) {
            new Streaming(context, session, ended(begun)).await(upstream, Optional.empty(), StartProblem.NOT_STREAMING);
        } catch (OperationFailed e) {
            throw EndedMeanwhile.isTold(e) ? e : ended(begun).insteadOf(e);
        }
        return ", streaming from " + upstream.host() + ":" + upstream.port();
    }

    static ServerLog serverLog(Host host, InstancePlace place) {
        String directory =
                host.configuration(place).settings().value("log_directory").orElse("log");
        return new ServerLog(
                host.files(place).startupLog(),
                place.dataDir().resolve(directory),
                host.configuration(place).hba().path());
    }
}
