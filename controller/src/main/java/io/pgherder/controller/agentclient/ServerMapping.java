package io.pgherder.controller.agentclient;

import io.pgherder.controller.observation.FileError;
import io.pgherder.controller.observation.FileErrors;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.FileEntry;
import io.pgherder.controller.observation.ServerFacts.Role;
import io.pgherder.controller.observation.ServerFacts.RoleSetting;
import io.pgherder.controller.observation.ServerFacts.Setting;
import io.pgherder.controller.observation.ServerFacts.Slot;
import io.pgherder.controller.observation.ServerFacts.Waiting;
import io.pgherder.controller.observation.ServerFacts.WalReceiver;
import io.pgherder.controller.observation.ServerFacts.WalSender;
import io.pgherder.controller.pgvalue.Lsn;
import io.pgherder.controller.pgvalue.PgVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What a server says of itself, from the wire. */
final class ServerMapping {
    private ServerMapping() {}

    static ServerFacts fromProto(io.pgherder.proto.v1.ServerFacts proto) {
        return new ServerFacts(
                new PgVersion(proto.getVersionNum()),
                proto.getInRecovery(),
                proto.getTimeline(),
                Lsn.parseOptional(proto.getFlushedLsn()),
                Lsn.parseOptional(proto.getReceivedLsn()),
                Lsn.parseOptional(proto.getReplayedLsn()),
                proto.getReplayPaused(),
                proto.getReplayDelayMs() < 0
                        ? Optional.empty()
                        : Optional.of(Duration.ofMillis(proto.getReplayDelayMs())),
                proto.hasWalReceiver() ? Optional.of(walReceiver(proto.getWalReceiver())) : Optional.empty(),
                proto.getWalSendersList().stream().map(ServerMapping::walSender).toList(),
                proto.getSlotsList().stream().map(ServerMapping::slot).toList(),
                proto.getSettingsList().stream().map(ServerMapping::setting).toList(),
                proto.getRolesList().stream().map(ServerMapping::role).toList(),
                fileErrors(proto.getConfigErrors()),
                fileErrors(proto.getHbaErrors()),
                fileErrors(proto.getIdentErrors()),
                proto.getWaitingSessions(),
                proto.getWaitingSinceMs() == 0
                        ? Optional.empty()
                        : Optional.of(Instant.ofEpochMilli(proto.getWaitingSinceMs())),
                Optional.of(proto.getDatabaseBytes()).filter(bytes -> bytes > 0),
                Instant.ofEpochMilli(proto.getConfigLoadedAtMs()),
                proto.getTablespacesList(),
                proto.getFileEntriesSeen()
                        ? Optional.of(proto.getFileEntriesList().stream()
                                .map(ServerMapping::fileEntry)
                                .toList())
                        : Optional.empty(),
                proto.getRoleSettingsSeen()
                        ? Optional.of(proto.getRoleSettingsList().stream()
                                .map(ServerMapping::roleSetting)
                                .toList())
                        : Optional.empty(),
                proto.getDatabasesSeen() ? Optional.of(proto.getDatabasesList()) : Optional.empty(),
                ConfigurationMapping.optional(proto.getLastRefusal()),
                ConfigurationMapping.optional(proto.getSessionsEnd()),
                proto.getPreparedTransactions(),
                proto.getWaitingList().stream()
                        .map(each -> new Waiting(setting(each.getInForce()), fileEntry(each.getLine())))
                        .toList());
    }

    private static FileEntry fileEntry(io.pgherder.proto.v1.FileEntry proto) {
        return new FileEntry(
                proto.getName(),
                proto.getValue(),
                proto.getFile(),
                proto.getLine(),
                proto.getApplied(),
                proto.getError());
    }

    private static RoleSetting roleSetting(io.pgherder.proto.v1.RoleSetting proto) {
        return new RoleSetting(proto.getRole(), proto.getDatabase(), proto.getName(), proto.getValue());
    }

    private static WalReceiver walReceiver(io.pgherder.proto.v1.WalReceiver proto) {
        return new WalReceiver(
                proto.getStatus(),
                proto.getSenderHost(),
                proto.getSenderPort(),
                proto.getSlot(),
                proto.getReceivedTimeline());
    }

    private static WalSender walSender(io.pgherder.proto.v1.WalSender proto) {
        return new WalSender(
                proto.getApplicationName(),
                proto.getState(),
                Lsn.parseOptional(proto.getSentLsn()),
                Lsn.parseOptional(proto.getFlushLsn()),
                Lsn.parseOptional(proto.getReplayLsn()),
                lag(proto.getWriteLagMs()),
                lag(proto.getFlushLagMs()),
                lag(proto.getReplayLagMs()),
                proto.getSyncState(),
                proto.getAhead(),
                Optional.of(proto.getSilentMs()).filter(millis -> millis > 0).map(Duration::ofMillis));
    }

    private static Optional<Duration> lag(double millis) {
        return millis < 0 ? Optional.empty() : Optional.of(Duration.ofNanos(Math.round(millis * 1e6)));
    }

    static FileErrors fileErrors(io.pgherder.proto.v1.FileErrors proto) {
        return new FileErrors(
                proto.getToldList().stream().map(ServerMapping::fileError).toList(), proto.getMore());
    }

    private static FileError fileError(io.pgherder.proto.v1.FileError proto) {
        return new FileError(
                ConfigurationMapping.optional(proto.getFile()),
                proto.getLine(),
                ConfigurationMapping.optional(proto.getSetting()),
                proto.getMessage(),
                ConfigurationMapping.optional(proto.getUnopened()));
    }

    private static Slot slot(io.pgherder.proto.v1.Slot proto) {
        return new Slot(
                proto.getName(),
                proto.getType().equals("physical"),
                proto.getActive(),
                proto.getTemporary(),
                Lsn.parseOptional(proto.getRestartLsn()),
                proto.getWalStatus(),
                proto.hasRetainedBytes() ? Optional.of(proto.getRetainedBytes()) : Optional.empty());
    }

    private static Setting setting(io.pgherder.proto.v1.Setting proto) {
        return new Setting(
                proto.getName(),
                proto.getValue(),
                proto.getRawValue(),
                proto.getUnit(),
                proto.getContext(),
                proto.getType(),
                proto.getPendingRestart(),
                proto.getSource(),
                proto.getSourceFile(),
                proto.getSourceLine());
    }

    private static Role role(io.pgherder.proto.v1.Role proto) {
        return new Role(
                proto.getName(),
                proto.getLogin(),
                proto.getReplication(),
                proto.getScramPassword(),
                PasswordMapping.fromProto(proto.getPassword()),
                proto.getExpired());
    }
}
