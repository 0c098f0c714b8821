package io.pgherder.controller.agentclient;

import io.pgherder.controller.observation.InstanceDirectory;
import io.pgherder.controller.pgvalue.Lsn;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.SessionScope;
import io.pgherder.controller.plan.Condition.Stopped;
import io.pgherder.controller.plan.Impact;
import io.pgherder.controller.plan.action.Action;
import io.pgherder.controller.plan.action.CloneStandby;
import io.pgherder.controller.plan.action.CreateSlot;
import io.pgherder.controller.plan.action.DropSlot;
import io.pgherder.controller.plan.action.EnsureRole;
import io.pgherder.controller.plan.action.FollowUpstream;
import io.pgherder.controller.plan.action.InitPrimary;
import io.pgherder.controller.plan.action.InstanceAddress;
import io.pgherder.controller.plan.action.ReloadSettings;
import io.pgherder.controller.plan.action.ResetSynchronousCommit;
import io.pgherder.controller.plan.action.RestartInstance;
import io.pgherder.controller.plan.action.RestrictPermissions;
import io.pgherder.controller.plan.action.SetAside;
import io.pgherder.controller.plan.action.StartInstance;
import io.pgherder.controller.plan.action.StopInstance;
import io.pgherder.controller.plan.action.WriteHba;
import io.pgherder.controller.plan.action.WriteSettings;
import io.pgherder.controller.topology.PostgresSpec.InitdbSpec;
import io.pgherder.proto.v1.RestrictPermissions.Directory;
import java.util.List;
import java.util.Optional;

import static io.pgherder.controller.agentclient.ConfigurationMapping.configuration;
import static io.pgherder.controller.agentclient.ConfigurationMapping.credentials;
import static io.pgherder.controller.agentclient.ConfigurationMapping.hba;
import static io.pgherder.controller.agentclient.ConfigurationMapping.optional;
import static io.pgherder.controller.agentclient.ConfigurationMapping.upstream;

/**
 * Actions on the wire and back. Back, an action has the same fingerprint; what an agent is never told (words for a person, whom a
 * start is meant to stream from) is filled with the node itself or nothing.
 */
final class ActionMapping {
    private ActionMapping() {}

    static io.pgherder.proto.v1.Action toProto(Action action) {
        var proto = io.pgherder.proto.v1.Action.newBuilder().setInstance(instance(action.instance()));
        if (action instanceof InitPrimary init) {
            proto.getInitPrimaryBuilder()
                    .setEncoding(init.initdb().encoding())
                    .setLocale(init.initdb().locale())
                    .setDataChecksums(init.initdb().dataChecksums())
                    .setConfiguration(configuration(init.configuration()));
        } else if (action instanceof CloneStandby clone) {
            proto.getCloneStandbyBuilder()
                    .setSource(upstream(clone.source()))
                    .setConfiguration(configuration(clone.configuration()))
                    .setMaxRate(clone.maxRate().orElse(""))
                    .setFastCheckpoint(clone.fastCheckpoint());
        } else if (action instanceof StartInstance start) {
            proto.getStartInstanceBuilder()
                    .setAsPrimary(start.upstream().isEmpty())
                    .setLeastLsn(start.least().map(Lsn::toString).orElse(""));
        } else if (action instanceof StopInstance) {
            proto.getStopInstanceBuilder().setMode(io.pgherder.proto.v1.StopInstance.Mode.MODE_FAST);
        } else if (action instanceof RestartInstance restart) {
            proto.getRestartInstanceBuilder().setAsPrimary(restart.upstream().isEmpty());
        } else if (action instanceof ReloadSettings) {
            proto.setReloadSettings(io.pgherder.proto.v1.ReloadSettings.getDefaultInstance());
        } else if (action instanceof WriteSettings write) {
            proto.getWriteSettingsBuilder()
                    .setConfiguration(configuration(write.configuration()))
                    .addAllReset(write.reset());
        } else if (action instanceof WriteHba write) {
            proto.getWriteHbaBuilder().setHba(hba(write.lines()));
        } else if (action instanceof EnsureRole role) {
            proto.getEnsureRoleBuilder().setCredentials(credentials(role.credentials()));
        } else if (action instanceof CreateSlot slot) {
            proto.getCreateSlotBuilder().setSlot(slot.follower().value());
        } else if (action instanceof DropSlot slot) {
            proto.getDropSlotBuilder().setSlot(slot.follower().value());
        } else if (action instanceof SetAside) {
            proto.setSetAside(io.pgherder.proto.v1.SetAside.getDefaultInstance());
        } else if (action instanceof ResetSynchronousCommit reset) {
            reset.scopes()
                    .forEach(scope -> proto.getResetSynchronousCommitBuilder()
                            .addScopesBuilder()
                            .setRole(scope.role())
                            .setDatabase(scope.database()));
        } else if (action instanceof RestrictPermissions restrict) {
            restrict.directories()
                    .forEach(each -> proto.getRestrictPermissionsBuilder().addDirectories(directory(each)));
        } else if (action instanceof FollowUpstream follow) {
            proto.getFollowUpstreamBuilder().setUpstream(upstream(follow.upstream()));
        } else {
            throw new AssertionError("no message for " + action.verb());
        }
        return proto.build();
    }

    /**
     * @param host the name of the agent's host in the topology
     * @return empty for a verb that this controller does not know
     * @throws IllegalArgumentException if the message makes no sense
     */
    static Optional<Action> fromProto(io.pgherder.proto.v1.Action proto, String host) {
        InstanceAddress instance = instance(proto.getInstance(), host);
        NodeName node = instance.node();
        return Optional.ofNullable(
                switch (proto.getVerbCase()) {
                    case INIT_PRIMARY -> {
                        var init = proto.getInitPrimary();
                        yield new InitPrimary(
                                instance,
                                new InitdbSpec(init.getEncoding(), init.getLocale(), init.getDataChecksums()),
                                configuration(init.getConfiguration()));
                    }
                    case CLONE_STANDBY -> {
                        var clone = proto.getCloneStandby();
                        yield new CloneStandby(
                                instance,
                                upstream(clone.getSource()),
                                configuration(clone.getConfiguration()),
                                optional(clone.getMaxRate()),
                                clone.getFastCheckpoint());
                    }
                    case START_INSTANCE ->
                        new StartInstance(
                                instance,
                                standbyOf(node, proto.getStartInstance().getAsPrimary()),
                                Lsn.parseOptional(proto.getStartInstance().getLeastLsn()));
                    case STOP_INSTANCE -> new StopInstance(instance, Impact.NONE);
                    case RESTART_INSTANCE ->
                        new RestartInstance(
                                instance,
                                standbyOf(node, proto.getRestartInstance().getAsPrimary()));
                    case RELOAD_SETTINGS -> new ReloadSettings(instance);
                    case WRITE_SETTINGS ->
                        new WriteSettings(
                                instance,
                                configuration(proto.getWriteSettings().getConfiguration()),
                                List.of(),
                                proto.getWriteSettings().getResetList());
                    case WRITE_HBA ->
                        new WriteHba(instance, proto.getWriteHba().getHba().getLinesList());
                    case ENSURE_ROLE ->
                        new EnsureRole(
                                instance, credentials(proto.getEnsureRole().getCredentials()));
                    case CREATE_SLOT ->
                        new CreateSlot(
                                instance, new NodeName(proto.getCreateSlot().getSlot()));
                    case DROP_SLOT ->
                        new DropSlot(instance, new NodeName(proto.getDropSlot().getSlot()), new Stopped(node));
                    case FOLLOW_UPSTREAM ->
                        new FollowUpstream(
                                instance, upstream(proto.getFollowUpstream().getUpstream()));
                    case SET_ASIDE -> new SetAside(instance);
                    case RESET_SYNCHRONOUS_COMMIT ->
                        new ResetSynchronousCommit(
                                instance,
                                proto.getResetSynchronousCommit().getScopesList().stream()
                                        .map(scope -> new SessionScope(scope.getRole(), scope.getDatabase()))
                                        .toList());
                    case RESTRICT_PERMISSIONS ->
                        new RestrictPermissions(
                                instance,
                                proto.getRestrictPermissions().getDirectoriesList().stream()
                                        .map(ActionMapping::directory)
                                        .toList());
                    case VERB_NOT_SET -> null;
                });
    }

    private static Directory directory(InstanceDirectory directory) {
        return switch (directory) {
            case DATA -> Directory.DIRECTORY_DATA;
            case WAL -> Directory.DIRECTORY_WAL;
        };
    }

    private static InstanceDirectory directory(Directory directory) {
        return switch (directory) {
            case DIRECTORY_DATA -> InstanceDirectory.DATA;
            case DIRECTORY_WAL -> InstanceDirectory.WAL;
            case DIRECTORY_UNSPECIFIED, UNRECOGNIZED ->
                throw new IllegalArgumentException("no directory of an instance: " + directory);
        };
    }

    static io.pgherder.proto.v1.Instance instance(InstanceAddress instance) {
        return io.pgherder.proto.v1.Instance.newBuilder()
                .setCluster(instance.cluster())
                .setNode(instance.node().value())
                .setMajorVersion(instance.majorVersion())
                .setBinDir(instance.binDir().orElse(""))
                .setDataDir(instance.dataDir())
                .setWalDir(instance.walDir().orElse(""))
                .setConfigDir(instance.configDir().orElse(""))
                .setPort(instance.port())
                .setSuperuser(instance.superuser())
                .build();
    }

    private static InstanceAddress instance(io.pgherder.proto.v1.Instance proto, String host) {
        return new InstanceAddress(
                proto.getCluster(),
                new NodeName(proto.getNode()),
                host,
                proto.getMajorVersion(),
                optional(proto.getBinDir()),
                proto.getDataDir(),
                optional(proto.getWalDir()),
                optional(proto.getConfigDir()),
                proto.getPort(),
                proto.getSuperuser());
    }

    /** Whom it streams from is not on the wire; that it streams at all is. */
    private static Optional<NodeName> standbyOf(NodeName node, boolean asPrimary) {
        return asPrimary ? Optional.empty() : Optional.of(node);
    }
}
