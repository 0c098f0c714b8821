package io.pgherder.agent.operation;

import io.pgherder.agent.configfile.ManagedSettings;
import io.pgherder.agent.configfile.PrimaryConninfo;
import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.ServerLog;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import static java.util.Objects.requireNonNull;

/**
 * Afterwards the standby streams from this upstream, as this role and by this slot. A reload, no restart (PostgreSQL 13 and newer). Before
 * it leaves another upstream it has got all that this has, and has been let in at the new one.
 *
 * <pre>write primary_conninfo and primary_slot_name into pgherder.conf; pg_ctl reload        (follows it already: nothing)</pre>
 */
public record FollowUpstream(InstancePlace place, Upstream upstream) implements Operation {
    public FollowUpstream {
        requireNonNull(place, "place is null");
        requireNonNull(upstream, "upstream is null");
    }

    @Override
    public String run(OperationContext context) {
        ConfigurationFiles files = context.host().configuration(place);
        PrimaryConninfo conninfo = files.conninfo(upstream, place.node());
        try (ServerSession session = ServerSession.open(place)) {
            requireStandby(session);
            boolean follows = files.settings().equals(settings(files))
                    && isInForce(session, conninfo)
                    && session.receiving().isStreaming(conninfo, upstream.slot());
            if (!follows) {
                move(context, files, session, conninfo);
            }
            files.writePassfile(upstream);
            return follows
                    ? "follows " + upstream.node() + " already: nothing to do"
                    : "streams from " + upstream.node();
        }
    }

    /** Up to the reload the old way is still whole. */
    private void move(
            OperationContext context, ConfigurationFiles files, ServerSession session, PrimaryConninfo conninfo) {
        session.files().requireGoodFiles();
        files.addPassword(upstream);
        CatchUp catchUp = CatchUp.beforeItMoves(context, session.receiving(), session.conninfoInForce());
        if (catchUp.hasUpstream()) {
            requireReplayGoesOn(session);
            new TrialLogin(context, place, upstream, conninfo).require(session.identity());
            catchUp.await();
        }
        writeUpstream(files, session);
        ServerLog log = Startup.serverLog(context.host(), place);
        Streaming streaming = new Streaming(
                context,
                session,
                new EndedMeanwhile(place, log, log.position(), ServerTraces.ofRunning(context.host(), place)));
        session.reload(context.cancellation());
        requireInForce(session, conninfo);
        streaming.await(conninfo, upstream.slot(), FollowProblem.NOT_STREAMING);
    }

    private ManagedSettings settings(ConfigurationFiles files) {
        return files.settings().with(files.following(upstream));
    }

    private void writeUpstream(ConfigurationFiles files, ServerSession session) {
        CheckedFile managed = files.checkedManaged();
        managed.replace(settings(files).render(), Optional.of(() -> true));
        files.includeManaged();
        managed.requireGood(
                session.files().managedErrors().words(),
                ConfigFileProblem.BAD_SETTINGS
                        .summary("the new settings of " + place.node() + " have errors")
                        .hint("is \"" + upstream.slot().orElse("") + "\" the name of a slot?"));
    }

    private void requireInForce(ServerSession session, PrimaryConninfo conninfo) {
        if (!isInForce(session, conninfo)) {
            List<FilesOnDisk.Overridden> overrides = session.files().overriddenUpstream();
            throw FollowProblem.OVERRIDDEN
                    .summary(place.node() + " does not follow " + upstream.node() + ": something wins over "
                            + ManagedSettings.FILE)
                    .details(overrides.stream()
                            .map(FilesOnDisk.Overridden::words)
                            .toList())
                    .detail(ManagedSettings.FILE + " is written and will be in force once that has gone")
                    .hint("remove it there" + bySql(overrides) + ", then run the same command again")
                    .failure();
        }
    }

    private String bySql(List<FilesOnDisk.Overridden> overrides) {
        return overrides.isEmpty()
                ? ""
                : " (on " + place.node() + ", "
                        + overrides.stream()
                                .map(overridden -> "ALTER SYSTEM RESET " + overridden.name())
                                .collect(Collectors.joining("; "))
                        + ", if that was an ALTER SYSTEM)";
    }

    private boolean isInForce(ServerSession session, PrimaryConninfo conninfo) {
        return session.conninfoInForce().equals(conninfo)
                && session.slotInForce().equals(upstream.slot().orElse(""));
    }

    /** While it is paused a standby keeps its WAL receiver, whatever its files say. */
    private void requireReplayGoesOn(ServerSession session) {
        if (session.receiving().replay().isPaused()) {
            throw FollowProblem.REPLAY_PAUSED
                    .summary(place.node() + " cannot move to " + upstream.node() + ": its replay is paused")
                    .detail("it stays with its upstream, and would leave it only when it goes on replaying")
                    .hint("when it is time for it, SELECT pg_wal_replay_resume() on " + place.node()
                            + "; then run the same command again")
                    .failure();
        }
    }

    private void requireStandby(ServerSession session) {
        if (!session.isInRecovery()) {
            throw FollowProblem.NOT_A_STANDBY
                    .summary(place.node() + " is a primary: it cannot follow " + upstream.node())
                    .hint("which of the two should be the primary? a plan of their cluster says what stands in the way")
                    .failure();
        }
    }
}
