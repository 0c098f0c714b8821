package io.pgherder.controller.sample;

import io.pgherder.controller.observation.FileErrors;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.Setting;
import io.pgherder.controller.observation.ServerFacts.WalReceiver;
import io.pgherder.controller.observation.ServerFacts.WalSender;
import io.pgherder.controller.pgvalue.Lsn;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.PgVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the servers of the cluster {@link Orders} say, and whom they show streaming. */
public final class Servers {
    private Servers() {}

    public static ServerFacts primary(String flushed, int waiting, Optional<Instant> since, WalSender... senders) {
        return server(false, flushed, Optional.empty(), Optional.empty(), waiting, since, senders);
    }

    /** @param synchronousStandbyNames what it says is in force */
    public static ServerFacts primaryWaitingFor(String synchronousStandbyNames, WalSender... senders) {
        return primaryWith(List.of(setting("synchronous_standby_names", synchronousStandbyNames, "string")), senders);
    }

    /** @param level of synchronous_commit */
    public static ServerFacts primaryCommitting(String level, String synchronousStandbyNames, WalSender... senders) {
        return primaryWith(
                List.of(
                        setting("synchronous_commit", level, "enum"),
                        setting("synchronous_standby_names", synchronousStandbyNames, "string")),
                senders);
    }

    private static ServerFacts primaryWith(List<Setting> settings, WalSender... senders) {
        return server(
                3, false, "0/5F2A1C8", Optional.empty(), Optional.empty(), 0, Optional.empty(), settings, senders);
    }

    private static Setting setting(String name, String value, String type) {
        return new Setting(
                name,
                value,
                value,
                "",
                "sighup",
                type,
                false,
                "configuration file",
                "/data01/pg/pg_root1921/pgherder.conf",
                3);
    }

    public static ServerFacts standby(String received, NodeName upstream, WalSender... senders) {
        return standby(received, received, upstream, senders);
    }

    /** The same, and it does not replay. */
    public static ServerFacts paused(ServerFacts standby) {
        return with(standby, true, standby.settings());
    }

    /** The same, which does not say by itself how far it is. */
    public static ServerFacts sayingNothing(ServerFacts standby) {
        return with(standby, standby.replayPaused(), List.of(setting(WalReceiver.STATUS_INTERVAL, "0", "integer")));
    }

    /** The same with so many max_connections. */
    public static ServerFacts admitting(int connections, ServerFacts server) {
        return with(
                server,
                server.replayPaused(),
                List.of(setting("max_connections", Integer.toString(connections), "integer")));
    }

    private static ServerFacts with(ServerFacts standby, boolean replayPaused, List<Setting> settings) {
        return new ServerFacts(
                standby.version(),
                standby.inRecovery(),
                standby.timeline(),
                standby.flushed(),
                standby.received(),
                standby.replayed(),
                replayPaused,
                standby.replayDelay(),
                standby.walReceiver(),
                standby.walSenders(),
                standby.slots(),
                settings,
                standby.roles(),
                standby.configErrors(),
                standby.hbaErrors(),
                standby.identErrors(),
                standby.waitingSessions(),
                standby.waitingSince(),
                standby.databaseBytes(),
                standby.configLoadedAt(),
                standby.tablespaces(),
                standby.fileEntries(),
                standby.roleSettings(),
                standby.databases(),
                standby.lastRefusal(),
                standby.sessionsEnd(),
                standby.preparedTransactions(),
                standby.waiting());
    }

    /** It runs, but nothing receives WAL for it. */
    public static ServerFacts unconnectedStandby(String flushed) {
        return server(true, flushed, Optional.empty(), Optional.empty(), 0, Optional.empty());
    }

    /** A primary of another history, with nobody below it. */
    public static ServerFacts primaryOnTimeline(int timeline, String flushed) {
        return server(timeline, false, flushed, Optional.empty(), Optional.empty(), 0, Optional.empty(), List.of());
    }

    /** It has replayed what it had, and its receiver has begun again with the segment that this is in. */
    public static ServerFacts restartedStandby(String replayed, String segment, NodeName upstream) {
        return standby(replayed, segment, upstream);
    }

    private static ServerFacts standby(String flushed, String received, NodeName upstream, WalSender... senders) {
        return standby(flushed, received, Orders.topology().hostOf(upstream).address(), upstream, senders);
    }

    /** It reaches its upstream by another address than the declared one. */
    public static ServerFacts standbyReaching(String address, String received, NodeName upstream) {
        return standby(received, received, address, upstream);
    }

    /** @param status as pg_stat_wal_receiver has it */
    public static ServerFacts receiving(String status, String received, NodeName upstream) {
        return standby(status, received, received, "10.0.1.11", upstream);
    }

    private static ServerFacts standby(
            String flushed, String received, String address, NodeName upstream, WalSender... senders) {
        return standby("streaming", flushed, received, address, upstream, senders);
    }

    private static ServerFacts standby(
            String status, String flushed, String received, String address, NodeName upstream, WalSender... senders) {
        WalReceiver receiver = new WalReceiver(
                status, address, Orders.topology().node(upstream).port(), "", 3);
        return server(
                true, flushed, Optional.of(Lsn.parse(received)), Optional.of(receiver), 0, Optional.empty(), senders);
    }

    public static WalSender sender(NodeName standby, String flushed, String syncState) {
        return sender(standby.value(), "streaming", flushed, syncState);
    }

    /** Connected, and for so long without an answer. */
    public static WalSender silent(NodeName standby, String flushed, Duration span) {
        WalSender like = sender(standby, flushed, "quorum");
        return new WalSender(
                like.applicationName(),
                like.state(),
                like.sent(),
                like.flushed(),
                like.replayed(),
                like.writeLag(),
                like.flushLag(),
                like.replayLag(),
                like.syncState(),
                false,
                Optional.of(span));
    }

    /** @param state as pg_stat_replication has it */
    public static WalSender sender(String applicationName, String state, String flushed, String syncState) {
        Optional<Lsn> at = Optional.of(Lsn.parse(flushed));
        return new WalSender(
                applicationName,
                state,
                at,
                at,
                at,
                Optional.of(Duration.ofNanos(80_000)),
                Optional.of(Duration.ofNanos(90_000)),
                Optional.of(Duration.ofNanos(120_000)),
                syncState,
                false,
                Optional.empty());
    }

    private static ServerFacts server(
            boolean inRecovery,
            String flushed,
            Optional<Lsn> received,
            Optional<WalReceiver> receiver,
            int waiting,
            Optional<Instant> since,
            WalSender... senders) {
        return server(3, inRecovery, flushed, received, receiver, waiting, since, List.of(), senders);
    }

    private static ServerFacts server(
            int timeline,
            boolean inRecovery,
            String flushed,
            Optional<Lsn> received,
            Optional<WalReceiver> receiver,
            int waiting,
            Optional<Instant> since,
            List<Setting> settings,
            WalSender... senders) {
        Optional<Lsn> at = Optional.of(Lsn.parse(flushed));
        return new ServerFacts(
                new PgVersion(150018),
                inRecovery,
                timeline,
                at,
                received,
                inRecovery ? at : Optional.empty(),
                false,
                Optional.empty(),
                receiver,
                List.of(senders),
                List.of(),
                settings,
                List.of(),
                FileErrors.NONE,
                FileErrors.NONE,
                FileErrors.NONE,
                waiting,
                since,
                Optional.of(48L << 30),
                Instant.EPOCH,
                List.of(),
                Optional.of(List.of()),
                Optional.of(List.of()),
                Optional.of(List.of()),
                Optional.empty(),
                Optional.empty(),
                0,
                List.of());
    }
}
