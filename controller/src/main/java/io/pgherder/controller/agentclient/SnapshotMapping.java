package io.pgherder.controller.agentclient;

import io.pgherder.controller.observation.ConfigDirectory;
import io.pgherder.controller.observation.ControlFile;
import io.pgherder.controller.observation.DirectoryFacts;
import io.pgherder.controller.observation.DirectoryFacts.Content;
import io.pgherder.controller.observation.Ground;
import io.pgherder.controller.observation.Ground.Listener;
import io.pgherder.controller.observation.Ground.PortUse;
import io.pgherder.controller.observation.Ground.Reachability;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.InstanceState.ConfigFile;
import io.pgherder.controller.observation.InstanceState.FileStamp;
import io.pgherder.controller.observation.InstanceState.ProcessState;
import io.pgherder.controller.observation.InstanceState.TimelineEnd;
import io.pgherder.controller.observation.NodeObservation;
import io.pgherder.controller.observation.RefusedSettings;
import io.pgherder.controller.observation.RunningOperation;
import io.pgherder.controller.pgvalue.Lsn;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.SystemIdentifier;
import io.pgherder.controller.problem.Problem;
import io.pgherder.proto.v1.ControlFile.HotStandbyParameter;
import io.pgherder.proto.v1.InstanceSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One node as its agent sees it, from the wire. */
final class SnapshotMapping {
    private static final String DELETED = " (deleted)";

    private SnapshotMapping() {}

    /** @param host the name of the agent's host in the topology */
    static NodeObservation fromProto(InstanceSnapshot proto, String host) {
        NodeName node = new NodeName(proto.getNode());
        Ground ground = ground(proto);
        List<RunningOperation> operations = proto.getOperationsList().stream()
                .map(operation -> operation(operation, host))
                .toList();
        return switch (ground.dataDir().content()) {
            case INSTANCE -> new NodeObservation.Seen(node, ground, state(proto, node), operations);
            case UNREADABLE -> new NodeObservation.Unreachable(node, whyUnseen(proto, node, ground));
            case ABSENT, EMPTY, FOREIGN -> new NodeObservation.Empty(node, ground, operations);
        };
    }

    /** What cannot be looked at may be an instance, and a running one. */
    private static Problem whyUnseen(InstanceSnapshot proto, NodeName node, Ground ground) {
        return problems(proto, node).stream()
                .findFirst()
                .orElseGet(() -> Problem.of(
                                ConnectionProblem.NODE_UNSEEN,
                                "the agent could not look into "
                                        + ground.dataDir().path())
                        .about(node.value())
                        .detail(ground.dataDir().obstacle())
                        .hint("whose directory is it? the agent's account must be able to read it"));
    }

    private static List<Problem> problems(InstanceSnapshot proto, NodeName node) {
        return proto.getProblemsList().stream()
                .map(problem -> ProblemMapping.fromProto(problem, node.value()))
                .toList();
    }

    private static Ground ground(InstanceSnapshot proto) {
        return new Ground(
                directory(proto.getDataDir()),
                proto.hasWalDir() ? Optional.of(directory(proto.getWalDir())) : Optional.empty(),
                proto.hasConfigDir() ? Optional.of(configDirectory(proto.getConfigDir())) : Optional.empty(),
                switch (proto.getPort().getState()) {
                    case FREE -> PortUse.FREE;
                    case OURS -> PortUse.OURS;
                    case OTHER -> PortUse.OTHER;
                    case STATE_UNSPECIFIED, UNRECOGNIZED -> PortUse.UNKNOWN;
                },
                listener(proto.getPort()),
                ConfigurationMapping.optional(proto.getVanishedRecord()),
                proto.getReachList().stream().map(SnapshotMapping::reach).toList());
    }

    private static Optional<Listener> listener(io.pgherder.proto.v1.PortUse proto) {
        if (proto.getPid() == 0 && proto.getAddress().isEmpty()) {
            return Optional.empty();
        }
        String directory = proto.getDirectory();
        boolean deleted = directory.endsWith(DELETED);
        return Optional.of(new Listener(
                proto.getPid(),
                proto.getProgram(),
                deleted ? directory.substring(0, directory.length() - DELETED.length()) : directory,
                deleted,
                proto.getAddress()));
    }

    private static DirectoryFacts directory(io.pgherder.proto.v1.DirectoryFacts proto) {
        return new DirectoryFacts(
                proto.getPath(),
                switch (proto.getContent()) {
                    case ABSENT -> Content.ABSENT;
                    case EMPTY -> Content.EMPTY;
                    case INSTANCE -> Content.INSTANCE;
                    case FOREIGN -> Content.FOREIGN;
                    // What we cannot name we cannot touch.
                    case UNREADABLE, CONTENT_UNSPECIFIED, UNRECOGNIZED -> Content.UNREADABLE;
                },
                proto.getUsable(),
                proto.getObstacle(),
                proto.getObstacleHint(),
                proto.getFreeBytes(),
                proto.getDevice(),
                proto.getMode(),
                proto.getOwner(),
                proto.getMajorVersion(),
                proto.getWalTarget());
    }

    private static ConfigDirectory configDirectory(io.pgherder.proto.v1.ConfigDirectory proto) {
        return new ConfigDirectory(
                proto.getPath(),
                proto.getHasPostgresqlConf(),
                proto.getPostgresqlConfIsLink(),
                ConfigurationMapping.optional(proto.getInUse()));
    }

    private static Reachability reach(io.pgherder.proto.v1.Reachability proto) {
        return new Reachability(
                proto.getEndpoint().getHost(),
                proto.getEndpoint().getPort(),
                switch (proto.getResult()) {
                    case OPEN -> Reachability.Result.OPEN;
                    case REFUSED -> Reachability.Result.REFUSED;
                    case UNREACHABLE, RESULT_UNSPECIFIED, UNRECOGNIZED -> Reachability.Result.UNREACHABLE;
                },
                proto.getDetail());
    }

    private static InstanceState state(InstanceSnapshot proto, NodeName node) {
        return new InstanceState(
                proto.hasControl() ? Optional.of(control(proto.getControl())) : Optional.empty(),
                switch (proto.getProcess()) {
                    case PROCESS_STOPPED -> ProcessState.STOPPED;
                    case PROCESS_STARTING -> ProcessState.STARTING;
                    case PROCESS_CLOSED -> ProcessState.CLOSED;
                    case PROCESS_ACCEPTING -> ProcessState.ACCEPTING;
                    case PROCESS_STOPPING -> ProcessState.STOPPING;
                    case PROCESS_UNKNOWN, PROCESS_STATE_UNSPECIFIED, UNRECOGNIZED -> ProcessState.UNKNOWN;
                },
                proto.getStandbySignal(),
                proto.getRecoverySignal(),
                proto.hasServer() ? Optional.of(ServerMapping.fromProto(proto.getServer())) : Optional.empty(),
                proto.hasManagedSettings() ? Optional.of(file(proto.getManagedSettings())) : Optional.empty(),
                proto.hasHba() ? Optional.of(file(proto.getHba())) : Optional.empty(),
                PasswordMapping.fromProto(proto.getPassfile()),
                proto.getFilesList().stream().map(SnapshotMapping::stamp).toList(),
                proto.getUnreadableFilesList(),
                proto.getHistoryList().stream()
                        .map(end -> new TimelineEnd(end.getTimeline(), lsn(end.getLsn())))
                        .toList(),
                ServerMapping.fileErrors(proto.getSettingsErrors()),
                proto.hasRefusedSettings() ? Optional.of(refused(proto.getRefusedSettings())) : Optional.empty(),
                problems(proto, node));
    }

    private static RefusedSettings refused(io.pgherder.proto.v1.RefusedSettings proto) {
        return new RefusedSettings(
                Instant.ofEpochMilli(proto.getAtMs()),
                proto.getWhy(),
                proto.getSettingsList().stream()
                        .map(each -> new RefusedSettings.Refused(
                                each.getName(),
                                each.getIsSet() ? Optional.of(each.getValue()) : Optional.empty(),
                                each.getPlace(),
                                each.getIsCorrected()))
                        .toList());
    }

    private static ControlFile control(io.pgherder.proto.v1.ControlFile proto) {
        return new ControlFile(
                new SystemIdentifier(proto.getSystemIdentifier()),
                proto.getState(),
                proto.getTimeline(),
                lsn(proto.getCheckpointLsn()),
                lsn(proto.getRedoLsn()),
                Lsn.parseOptional(proto.getMinimumRecoveryLsn()),
                proto.getDataChecksums(),
                proto.getWalLogHints(),
                proto.getHotStandbyParametersList().stream()
                        .collect(Collectors.toMap(HotStandbyParameter::getName, HotStandbyParameter::getValue)));
    }

    private static Lsn lsn(String text) {
        return Lsn.parseOptional(text).orElse(new Lsn(0));
    }

    private static ConfigFile file(io.pgherder.proto.v1.ConfigFile proto) {
        return new ConfigFile(
                proto.getPath(),
                proto.getLinesList(),
                proto.getLinesLeftOut(),
                proto.getInUse(),
                Instant.ofEpochMilli(proto.getWrittenAtMs()),
                proto.getSymbolicLink());
    }

    private static FileStamp stamp(io.pgherder.proto.v1.FileStamp proto) {
        return new FileStamp(proto.getPath(), proto.getOwner(), Instant.ofEpochMilli(proto.getWrittenAtMs()));
    }

    /** An operation of a verb that this controller does not know still keeps the node busy. */
    private static RunningOperation operation(io.pgherder.proto.v1.RunningOperation proto, String host) {
        Instant since = Instant.ofEpochMilli(proto.getSinceMs());
        return ActionMapping.fromProto(proto.getAction(), host)
                .map(action -> new RunningOperation(proto.getOperationId(), action.verb(), action.fingerprint(), since))
                .orElseGet(() -> new RunningOperation(proto.getOperationId(), "an unknown verb", "", since));
    }
}
