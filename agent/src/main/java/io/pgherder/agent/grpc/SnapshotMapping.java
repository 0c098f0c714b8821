package io.pgherder.agent.grpc;

import io.pgherder.agent.inspect.Endpoint;
import io.pgherder.agent.inspect.Listener;
import io.pgherder.agent.inspect.Obstacle;
import io.pgherder.agent.inspect.PortUse;
import io.pgherder.agent.inspect.ProcessState;
import io.pgherder.agent.operation.RunningOperation;
import io.pgherder.agent.postgres.ControlData;
import io.pgherder.agent.postgres.RefusedSettings;
import io.pgherder.proto.v1.ConfigDirectory;
import io.pgherder.proto.v1.ConfigFile;
import io.pgherder.proto.v1.ControlFile;
import io.pgherder.proto.v1.ControlFile.HotStandbyParameter;
import io.pgherder.proto.v1.DirectoryFacts;
import io.pgherder.proto.v1.FileStamp;
import io.pgherder.proto.v1.InstanceSnapshot;
import io.pgherder.proto.v1.Reachability;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What was seen of an instance. */
final class SnapshotMapping {
    private static final String NO_LSN = "0/0";

    private SnapshotMapping() {}

    static InstanceSnapshot toProto(
            io.pgherder.agent.inspect.InstanceSnapshot seen, List<RunningOperation> operations) {
        InstanceSnapshot.Builder proto = InstanceSnapshot.newBuilder()
                .setNode(seen.node())
                .setDataDir(toProto(seen.dataDir()))
                .setPort(toProto(seen.port(), seen.listener()))
                .setProcess(toProto(seen.process()))
                .setPostmasterPid(seen.postmasterPid().orElse(0L))
                .setStandbySignal(seen.standbySignal())
                .setRecoverySignal(seen.recoverySignal())
                .setSettingsErrors(ServerMapping.toProto(seen.settingsErrors()))
                .setPassfile(PasswordMapping.toProto(seen.passfile()))
                .addAllOperations(
                        operations.stream().map(SnapshotMapping::toProto).toList())
                .addAllReach(seen.reach().stream().map(SnapshotMapping::toProto).toList())
                .addAllProblems(
                        seen.problems().stream().map(ProblemMapping::toProto).toList());
        proto.addAllFiles(seen.files().stream().map(SnapshotMapping::toProto).toList())
                .addAllUnreadableFiles(
                        seen.unreadableFiles().stream().map(Path::toString).toList());
        seen.history()
                .forEach(end ->
                        proto.addHistoryBuilder().setTimeline(end.timeline()).setLsn(end.lsn()));
        seen.vanished().ifPresent(record -> proto.setVanishedRecord(record.toString()));
        seen.walDir().ifPresent(walDir -> proto.setWalDir(toProto(walDir)));
        seen.configDirectory().ifPresent(directory -> proto.setConfigDir(toProto(directory)));
        seen.control().ifPresent(control -> proto.setControl(toProto(control)));
        seen.server().ifPresent(server -> proto.setServer(ServerMapping.toProto(server)));
        seen.managedSettings().ifPresent(file -> proto.setManagedSettings(toProto(file)));
        seen.hba().ifPresent(file -> proto.setHba(toProto(file)));
        seen.refusedSettings().ifPresent(refused -> proto.setRefusedSettings(toProto(refused)));
        return proto.build();
    }

    private static io.pgherder.proto.v1.RefusedSettings toProto(RefusedSettings refused) {
        io.pgherder.proto.v1.RefusedSettings.Builder proto = io.pgherder.proto.v1.RefusedSettings.newBuilder()
                .setAtMs(refused.at().toEpochMilli())
                .setWhy(refused.why());
        refused.settings()
                .forEach(each -> proto.addSettingsBuilder()
                        .setName(each.name())
                        .setIsSet(each.value().isPresent())
                        .setValue(each.value().orElse(""))
                        .setPlace(each.place())
                        .setIsCorrected(each.isCorrected()));
        return proto.build();
    }

    private static DirectoryFacts toProto(io.pgherder.agent.inspect.DirectoryFacts facts) {
        return DirectoryFacts.newBuilder()
                .setPath(facts.path().toString())
                .setContent(
                        switch (facts.content()) {
                            case ABSENT -> DirectoryFacts.Content.ABSENT;
                            case EMPTY -> DirectoryFacts.Content.EMPTY;
                            case INSTANCE -> DirectoryFacts.Content.INSTANCE;
                            case FOREIGN -> DirectoryFacts.Content.FOREIGN;
                            case UNREADABLE -> DirectoryFacts.Content.UNREADABLE;
                        })
                .setUsable(facts.usable())
                .setObstacle(facts.obstacle().map(Obstacle::what).orElse(""))
                .setObstacleHint(facts.obstacle().map(Obstacle::hint).orElse(""))
                .setFreeBytes(facts.freeBytes())
                .setDevice(facts.device())
                .setMode(facts.mode())
                .setOwner(facts.owner())
                .setMajorVersion(facts.majorVersion())
                .setWalTarget(facts.walTarget().map(Path::toString).orElse(""))
                .build();
    }

    private static ConfigDirectory toProto(io.pgherder.agent.inspect.ConfigDirectory directory) {
        return ConfigDirectory.newBuilder()
                .setPath(directory.path().toString())
                .setHasPostgresqlConf(directory.hasPostgresConf())
                .setPostgresqlConfIsLink(directory.isLinked())
                .setInUse(directory.inUse().map(Path::toString).orElse(""))
                .build();
    }

    private static io.pgherder.proto.v1.PortUse toProto(PortUse use, Optional<Listener> listener) {
        io.pgherder.proto.v1.PortUse.Builder proto = io.pgherder.proto.v1.PortUse.newBuilder()
                .setState(
                        switch (use) {
                            case FREE -> io.pgherder.proto.v1.PortUse.State.FREE;
                            case OURS -> io.pgherder.proto.v1.PortUse.State.OURS;
                            case OTHER -> io.pgherder.proto.v1.PortUse.State.OTHER;
                            case UNKNOWN -> io.pgherder.proto.v1.PortUse.State.STATE_UNSPECIFIED;
                        });
        listener.ifPresent(who -> proto.setPid(who.pid())
                .setProgram(who.program())
                .setDirectory(who.directory())
                .setAddress(who.address()));
        return proto.build();
    }

    private static io.pgherder.proto.v1.ProcessState toProto(ProcessState state) {
        return switch (state) {
            case STOPPED -> io.pgherder.proto.v1.ProcessState.PROCESS_STOPPED;
            case STARTING -> io.pgherder.proto.v1.ProcessState.PROCESS_STARTING;
            case CLOSED -> io.pgherder.proto.v1.ProcessState.PROCESS_CLOSED;
            case ACCEPTING -> io.pgherder.proto.v1.ProcessState.PROCESS_ACCEPTING;
            case STOPPING -> io.pgherder.proto.v1.ProcessState.PROCESS_STOPPING;
            case UNKNOWN -> io.pgherder.proto.v1.ProcessState.PROCESS_UNKNOWN;
        };
    }

    private static ControlFile toProto(ControlData control) {
        return ControlFile.newBuilder()
                .setSystemIdentifier(Long.parseUnsignedLong(control.systemIdentifier()))
                .setState(control.state())
                .setTimeline(control.timeline())
                .setCheckpointLsn(control.checkpointLsn())
                .setRedoLsn(control.redoLsn())
                .setMinimumRecoveryLsn(control.minimumRecoveryLsn().equals(NO_LSN) ? "" : control.minimumRecoveryLsn())
                .setDataChecksums(control.dataChecksums())
                .setWalLogHints(control.walLogHints())
                .setCatalogVersion(control.catalogVersion())
                .addAllHotStandbyParameters(control.hotStandbyParameters().entrySet().stream()
                        .map(parameter -> HotStandbyParameter.newBuilder()
                                .setName(parameter.getKey())
                                .setValue(parameter.getValue())
                                .build())
                        .toList())
                .build();
    }

    private static ConfigFile toProto(io.pgherder.agent.inspect.ConfigFile file) {
        return ConfigFile.newBuilder()
                .setPath(file.path().toString())
                .addAllLines(file.lines())
                .setLinesLeftOut(file.linesLeftOut())
                .setInUse(file.inUse())
                .setWrittenAtMs(file.writtenAt().toEpochMilli())
                .setSymbolicLink(file.symbolicLink())
                .build();
    }

    private static FileStamp toProto(io.pgherder.agent.inspect.FileStamp stamp) {
        return FileStamp.newBuilder()
                .setPath(stamp.path().toString())
                .setOwner(stamp.owner())
                .setWrittenAtMs(stamp.writtenAt().toEpochMilli())
                .build();
    }

    private static Reachability toProto(io.pgherder.agent.inspect.Reachability reached) {
        return Reachability.newBuilder()
                .setEndpoint(toProto(reached.endpoint()))
                .setResult(
                        switch (reached.result()) {
                            case OPEN -> Reachability.Result.OPEN;
                            case REFUSED -> Reachability.Result.REFUSED;
                            case UNREACHABLE -> Reachability.Result.UNREACHABLE;
                        })
                .setDetail(reached.detail())
                .build();
    }

    private static io.pgherder.proto.v1.Endpoint toProto(Endpoint endpoint) {
        return io.pgherder.proto.v1.Endpoint.newBuilder()
                .setHost(endpoint.host())
                .setPort(endpoint.port())
                .build();
    }

    private static io.pgherder.proto.v1.RunningOperation toProto(RunningOperation running) {
        io.pgherder.proto.v1.RunningOperation.Builder proto = io.pgherder.proto.v1.RunningOperation.newBuilder()
                .setOperationId(running.id())
                .setSinceMs(running.since().toEpochMilli());
        if (running.operation() instanceof RequestedOperation requested) {
            proto.setAction(requested.actionWithoutSecrets());
        }
        running.progress().ifPresent(progress -> proto.setProgress(EventMapping.toProto(progress)));
        return proto.build();
    }
}
