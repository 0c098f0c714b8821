package io.pgherder.agent.grpc;

import io.pgherder.agent.operation.CloneStandby;
import io.pgherder.agent.operation.CreateSlot;
import io.pgherder.agent.operation.DropSlot;
import io.pgherder.agent.operation.EnsureRole;
import io.pgherder.agent.operation.FollowUpstream;
import io.pgherder.agent.operation.InitPrimary;
import io.pgherder.agent.operation.NodeConfiguration;
import io.pgherder.agent.operation.Operation;
import io.pgherder.agent.operation.ReloadSettings;
import io.pgherder.agent.operation.ResetSynchronousCommit;
import io.pgherder.agent.operation.ResetSynchronousCommit.SessionScope;
import io.pgherder.agent.operation.RestartInstance;
import io.pgherder.agent.operation.RestrictPermissions;
import io.pgherder.agent.operation.SetAside;
import io.pgherder.agent.operation.StartInstance;
import io.pgherder.agent.operation.StopInstance;
import io.pgherder.agent.operation.Upstream;
import io.pgherder.agent.operation.WriteHba;
import io.pgherder.agent.operation.WriteSettings;
import io.pgherder.agent.postgres.Credentials;
import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.PgCtl;
import io.pgherder.proto.v1.Action;
import io.pgherder.proto.v1.Configuration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The verbs: each message of the contract is the operation of the same name. */
final class ActionMapping {
    private static final Pattern LSN = Pattern.compile("[0-9A-Fa-f]{1,8}/[0-9A-Fa-f]{1,8}");

    private final InstanceMapping instances;

    ActionMapping(InstanceMapping instances) {
        this.instances = instances;
    }

    /**
     * @throws IllegalArgumentException if it makes no sense
     * @throws io.pgherder.agent.problem.OperationFailed if this agent does not know the verb, or may not touch the place
     */
    RequestedOperation toOperation(Action action) {
        if (action.getVerbCase() == Action.VerbCase.VERB_NOT_SET) {
            throw RequestProblem.UNKNOWN_VERB
                    .summary("this agent does not know the action that was asked for")
                    .hint("is the agent older than the controller? update it on this host")
                    .failure();
        }
        return new RequestedOperation(action, operation(action, instances.fromProto(action.getInstance())));
    }

    private static StartInstance startInstance(InstancePlace place, io.pgherder.proto.v1.StartInstance start) {
        Optional<String> least = Optional.of(start.getLeastLsn()).filter(lsn -> !lsn.isEmpty());
        least.filter(lsn -> !LSN.matcher(lsn).matches()).ifPresent(lsn -> {
            throw new IllegalArgumentException("not a WAL position: \"" + lsn + "\"");
        });
        return new StartInstance(place, start.getAsPrimary(), least);
    }

    private static Operation operation(Action action, InstancePlace place) {
        return switch (action.getVerbCase()) {
            case INIT_PRIMARY -> initPrimary(place, action.getInitPrimary());
            case CLONE_STANDBY -> cloneStandby(place, action.getCloneStandby());
            case START_INSTANCE -> startInstance(place, action.getStartInstance());
            case STOP_INSTANCE ->
                new StopInstance(place, mode(action.getStopInstance().getMode()));
            case RESTART_INSTANCE ->
                new RestartInstance(place, action.getRestartInstance().getAsPrimary());
            case RELOAD_SETTINGS -> new ReloadSettings(place);
            case WRITE_SETTINGS ->
                new WriteSettings(
                        place,
                        configuration(action.getWriteSettings().getConfiguration()),
                        action.getWriteSettings().getResetList());
            case WRITE_HBA -> new WriteHba(place, action.getWriteHba().getHba().getLinesList());
            case ENSURE_ROLE ->
                new EnsureRole(place, credentials(action.getEnsureRole().getCredentials()));
            case CREATE_SLOT ->
                new CreateSlot(place, named("slot", action.getCreateSlot().getSlot()));
            case DROP_SLOT ->
                new DropSlot(place, named("slot", action.getDropSlot().getSlot()));
            case FOLLOW_UPSTREAM ->
                new FollowUpstream(place, upstream(action.getFollowUpstream().getUpstream()));
            case SET_ASIDE -> new SetAside(place);
            case RESET_SYNCHRONOUS_COMMIT ->
                new ResetSynchronousCommit(
                        place,
                        action.getResetSynchronousCommit().getScopesList().stream()
                                .map(scope -> new SessionScope(scope.getRole(), scope.getDatabase()))
                                .toList());
            case RESTRICT_PERMISSIONS ->
                new RestrictPermissions(
                        place,
                        action.getRestrictPermissions().getDirectoriesList().stream()
                                .map(ActionMapping::directory)
                                .toList());
            case VERB_NOT_SET -> throw new AssertionError("looked at before");
        };
    }

    private static RestrictPermissions.Directory directory(
            io.pgherder.proto.v1.RestrictPermissions.Directory directory) {
        return switch (directory) {
            case DIRECTORY_DATA -> RestrictPermissions.Directory.DATA;
            case DIRECTORY_WAL -> RestrictPermissions.Directory.WAL;
            case DIRECTORY_UNSPECIFIED, UNRECOGNIZED ->
                throw new IllegalArgumentException("no directory to restrict: " + directory);
        };
    }

    private static InitPrimary initPrimary(InstancePlace place, io.pgherder.proto.v1.InitPrimary verb) {
        return new InitPrimary(
                place,
                verb.getEncoding(),
                verb.getLocale(),
                verb.getDataChecksums(),
                configuration(verb.getConfiguration()));
    }

    private static CloneStandby cloneStandby(InstancePlace place, io.pgherder.proto.v1.CloneStandby verb) {
        return new CloneStandby(
                place,
                upstream(verb.getSource()),
                configuration(verb.getConfiguration()),
                unlessEmpty(verb.getMaxRate()),
                verb.getFastCheckpoint());
    }

    private static NodeConfiguration configuration(Configuration configuration) {
        return new NodeConfiguration(
                settings(configuration.getSettingsList()),
                configuration.getSynchronousStandbyNames(),
                configuration.hasUpstream() ? Optional.of(upstream(configuration.getUpstream())) : Optional.empty(),
                configuration.hasHba()
                        ? Optional.of(List.copyOf(configuration.getHba().getLinesList()))
                        : Optional.empty());
    }

    private static Map<String, String> settings(List<Configuration.Setting> declared) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (Configuration.Setting setting : declared) {
            if (settings.put(named("setting", setting.getName()), setting.getValue()) != null) {
                throw new IllegalArgumentException("the setting " + setting.getName() + " is given twice");
            }
        }
        return settings;
    }

    private static Upstream upstream(io.pgherder.proto.v1.Upstream upstream) {
        if (upstream.getPort() < 1 || upstream.getPort() > 65535) {
            throw new IllegalArgumentException("the upstream has port " + upstream.getPort());
        }
        return new Upstream(
                named("upstream", upstream.getNode()),
                named("upstream's host", upstream.getHost()),
                upstream.getPort(),
                credentials(upstream.getCredentials()),
                unlessEmpty(upstream.getSlot()),
                options(upstream.getOptionsList()));
    }

    private static SortedMap<String, String> options(List<io.pgherder.proto.v1.Upstream.ConnectionOption> declared) {
        SortedMap<String, String> options = new TreeMap<>();
        for (io.pgherder.proto.v1.Upstream.ConnectionOption option : declared) {
            if (options.put(named("option", option.getName()), option.getValue()) != null) {
                throw new IllegalArgumentException("the option " + option.getName() + " is given twice");
            }
        }
        return options;
    }

    private static Credentials credentials(io.pgherder.proto.v1.Credentials credentials) {
        return new Credentials(named("role", credentials.getUser()), credentials.getPassword());
    }

    private static PgCtl.StopMode mode(io.pgherder.proto.v1.StopInstance.Mode mode) {
        return switch (mode) {
            case MODE_FAST -> PgCtl.StopMode.FAST;
            case MODE_IMMEDIATE -> PgCtl.StopMode.IMMEDIATE;
            case MODE_UNSPECIFIED, UNRECOGNIZED -> throw new IllegalArgumentException("no mode to stop in: " + mode);
        };
    }

    private static String named(String what, String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("the " + what + " has no name");
        }
        return name;
    }

    private static Optional<String> unlessEmpty(String text) {
        return Optional.of(text).filter(value -> !value.isEmpty());
    }
}
