package io.pgherder.agent.grpc;

import io.pgherder.proto.v1.FileEntry;
import io.pgherder.proto.v1.FileError;
import io.pgherder.proto.v1.FileErrors;
import io.pgherder.proto.v1.Role;
import io.pgherder.proto.v1.RoleSetting;
import io.pgherder.proto.v1.ServerFacts;
import io.pgherder.proto.v1.Setting;
import io.pgherder.proto.v1.Slot;
import io.pgherder.proto.v1.WalReceiver;
import io.pgherder.proto.v1.WalSender;

/** What a server says of itself. */
final class ServerMapping {
    private static final long NOTHING_TO_MEASURE = -1;

    private ServerMapping() {}

    static ServerFacts toProto(io.pgherder.agent.inspect.ServerFacts server) {
        ServerFacts.Builder proto = ServerFacts.newBuilder()
                .setVersion(server.version())
                .setVersionNum(server.versionNumber())
                .setInRecovery(server.inRecovery())
                .setTimeline(server.timeline())
                .setFlushedLsn(server.flushedLsn())
                .setReceivedLsn(server.receivedLsn())
                .setReplayedLsn(server.replayedLsn())
                .setReplayPaused(server.replayPaused())
                .setReplayDelayMs(server.replayDelayMillis().orElse(NOTHING_TO_MEASURE))
                .addAllWalSenders(
                        server.walSenders().stream().map(ServerMapping::toProto).toList())
                .addAllSlots(server.slots().stream().map(ServerMapping::toProto).toList())
                .addAllSettings(
                        server.settings().stream().map(ServerMapping::toProto).toList())
                .addAllRoles(server.roles().stream().map(ServerMapping::toProto).toList())
                .setConfigErrors(toProto(server.configErrors()))
                .setHbaErrors(toProto(server.hbaErrors()))
                .setIdentErrors(toProto(server.identErrors()))
                .setWaitingSessions(server.waitingSessions())
                .setWaitingSinceMs(server.waitingSinceMillis().orElse(0L))
                .setDatabaseBytes(server.databaseBytes().orElse(0L))
                .setStartedAtMs(server.startedAtMillis())
                .setConfigLoadedAtMs(server.configLoadedAtMillis())
                .addAllTablespaces(server.tablespaces())
                .setRoleSettingsSeen(true)
                .addAllRoleSettings(server.roleSettings().stream()
                        .map(ServerMapping::toProto)
                        .toList())
                .setDatabasesSeen(true)
                .addAllDatabases(server.databases())
                .setLastRefusal(server.lastRefusal().orElse(""))
                .setSessionsEnd(server.sessionsEnd().orElse(""))
                .setPreparedTransactions(server.preparedTransactions());
        server.waiting()
                .forEach(each -> proto.addWaitingBuilder()
                        .setInForce(toProto(each.inForce()))
                        .setLine(toProto(each.line())));
        server.fileEntries()
                .ifPresent(entries -> proto.setFileEntriesSeen(true)
                        .addAllFileEntries(
                                entries.stream().map(ServerMapping::toProto).toList()));
        server.walReceiver().ifPresent(receiver -> proto.setWalReceiver(toProto(receiver)));
        return proto.build();
    }

    static FileErrors toProto(io.pgherder.agent.postgres.FileErrors errors) {
        return FileErrors.newBuilder()
                .addAllTold(errors.told().stream().map(ServerMapping::toProto).toList())
                .setMore(errors.more())
                .build();
    }

    private static FileError toProto(io.pgherder.agent.postgres.FileError error) {
        return FileError.newBuilder()
                .setFile(error.file().orElse(""))
                .setLine(error.line())
                .setMessage(error.message())
                .setUnopened(error.unopened().orElse(""))
                .setSetting(error.setting().orElse(""))
                .build();
    }

    private static WalReceiver toProto(io.pgherder.agent.inspect.ServerFacts.WalReceiver receiver) {
        return WalReceiver.newBuilder()
                .setStatus(receiver.status())
                .setSenderHost(receiver.senderHost())
                .setSenderPort(receiver.senderPort())
                .setSlot(receiver.slot())
                .setReceivedTimeline(receiver.receivedTimeline())
                .setFlushedLsn(receiver.flushedLsn())
                .setPid(receiver.pid())
                .build();
    }

    private static WalSender toProto(io.pgherder.agent.inspect.ServerFacts.WalSender sender) {
        return WalSender.newBuilder()
                .setApplicationName(sender.applicationName())
                .setClientAddress(sender.clientAddress())
                .setState(sender.state())
                .setSentLsn(sender.sentLsn())
                .setFlushLsn(sender.flushLsn())
                .setReplayLsn(sender.replayLsn())
                .setWriteLagMs(sender.writeLagMillis().orElse((double) NOTHING_TO_MEASURE))
                .setFlushLagMs(sender.flushLagMillis().orElse((double) NOTHING_TO_MEASURE))
                .setReplayLagMs(sender.replayLagMillis().orElse((double) NOTHING_TO_MEASURE))
                .setSyncState(sender.syncState())
                .setAhead(sender.isAhead())
                .setSilentMs(sender.silentMillis().orElse(0L))
                .build();
    }

    private static Slot toProto(io.pgherder.agent.inspect.ServerFacts.Slot slot) {
        Slot.Builder proto = Slot.newBuilder()
                .setName(slot.name())
                .setType(slot.type())
                .setActive(slot.active())
                .setTemporary(slot.temporary())
                .setRestartLsn(slot.restartLsn())
                .setWalStatus(slot.walStatus());
        slot.retainedBytes().ifPresent(proto::setRetainedBytes);
        return proto.build();
    }

    private static FileEntry toProto(io.pgherder.agent.inspect.ServerFacts.FileEntry entry) {
        return FileEntry.newBuilder()
                .setName(entry.name())
                .setValue(entry.value())
                .setFile(entry.file())
                .setLine(entry.line())
                .setApplied(entry.applied())
                .setError(entry.error())
                .build();
    }

    private static RoleSetting toProto(io.pgherder.agent.inspect.ServerFacts.RoleSetting setting) {
        return RoleSetting.newBuilder()
                .setRole(setting.role())
                .setDatabase(setting.database())
                .setName(setting.name())
                .setValue(setting.value())
                .build();
    }

    private static Setting toProto(io.pgherder.agent.inspect.ServerFacts.Setting setting) {
        return Setting.newBuilder()
                .setName(setting.name())
                .setValue(setting.value())
                .setRawValue(setting.rawValue())
                .setUnit(setting.unit())
                .setContext(setting.context())
                .setType(setting.type())
                .setPendingRestart(setting.pendingRestart())
                .setSource(setting.source())
                .setSourceFile(setting.sourceFile())
                .setSourceLine(setting.sourceLine())
                .build();
    }

    private static Role toProto(io.pgherder.agent.inspect.ServerFacts.Role role) {
        return Role.newBuilder()
                .setName(role.name())
                .setLogin(role.login())
                .setReplication(role.replication())
                .setScramPassword(role.scramPassword())
                .setExpired(role.expired())
                .setPassword(PasswordMapping.toProto(role.password()))
                .build();
    }
}
