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
import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.system.AllowedRoots;
import io.pgherder.proto.v1.Action;
import io.pgherder.proto.v1.Configuration;
import io.pgherder.proto.v1.HbaRules;
import io.pgherder.proto.v1.Instance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

class ActionMappingTest {
    private static final Upstream UPSTREAM = new Upstream(
            "pg1921",
            "10.0.1.11",
            1921,
            new Credentials("rep", "s3cret"),
            Optional.of("pg1922"),
            new TreeMap<>(Map.of("sslmode", "verify-full", "connect_timeout", "5")));
    private static final io.pgherder.proto.v1.Upstream UPSTREAM_MESSAGE = io.pgherder.proto.v1.Upstream.newBuilder()
            .setNode("pg1921")
            .setHost("10.0.1.11")
            .setPort(1921)
            .setCredentials(
                    io.pgherder.proto.v1.Credentials.newBuilder().setUser("rep").setPassword("s3cret"))
            .setSlot("pg1922")
            .addOptions(option("sslmode", "verify-full"))
            .addOptions(option("connect_timeout", "5"))
            .build();
    private static final NodeConfiguration CONFIGURATION = new NodeConfiguration(
            Map.of("work_mem", "8MB"),
            "ANY 1 (pg1922)",
            Optional.of(UPSTREAM),
            Optional.of(List.of("host all all 10.0.0.0/8 scram-sha-256")));
    private static final HbaRules HBA_MESSAGE = HbaRules.newBuilder()
            .addLines("host all all 10.0.0.0/8 scram-sha-256")
            .build();
    private static final Configuration CONFIGURATION_MESSAGE = Configuration.newBuilder()
            .addSettings(Configuration.Setting.newBuilder().setName("work_mem").setValue("8MB"))
            .setSynchronousStandbyNames("ANY 1 (pg1922)")
            .setUpstream(UPSTREAM_MESSAGE)
            .setHba(HBA_MESSAGE)
            .build();

    @TempDir
    private Path root;

    private InstancePlace place;
    private Instance instance;
    private ActionMapping mapping;

    @BeforeEach
    void nameThePlace() throws IOException {
        Path real = root.toRealPath();
        place = new InstancePlace(
                "t5",
                "pg1922",
                15,
                Optional.of(Path.of("/opt/pg15/bin")),
                real.resolve("pg_root1922"),
                Optional.of(real.resolve("pg_wal_1922")),
                Optional.empty(),
                1922,
                "postgres");
        instance = Instance.newBuilder()
                .setCluster("t5")
                .setNode("pg1922")
                .setMajorVersion(15)
                .setBinDir("/opt/pg15/bin")
                .setDataDir(real.resolve("pg_root1922").toString())
                .setWalDir(real.resolve("pg_wal_1922").toString())
                .setPort(1922)
                .setSuperuser("postgres")
                .build();
        mapping = new ActionMapping(new InstanceMapping(new AllowedRoots(List.of(root))));
    }

    /** Fails to compile or to pass when a verb is added and forgotten here or in the mapping. */
    @Test
    void everyVerbIsTheOperationOfItsNameAndNothingIsLost() {
        for (Action.VerbCase verb : Action.VerbCase.values()) {
            if (verb == Action.VerbCase.VERB_NOT_SET) {
                continue;
            }
            Action action = message(verb).setInstance(instance).build();

            RequestedOperation requested = mapping.toOperation(action);

            assertThat(action.getVerbCase()).isEqualTo(verb);
            assertThat(requested.operation()).isEqualTo(operation(verb));
            assertThat(requested.verb().toUpperCase(Locale.ROOT))
                    .isEqualTo(verb.name().replace("_", ""));
            assertThat(requested.words()).endsWith(" pg1922").isNotEqualTo("an operation on pg1922");
            assertThat(requested.actionWithoutSecrets().toString())
                    .doesNotContain("s3cret")
                    .hasSameSizeAs(action.toString().replaceAll("\\s+password: \"s3cret\"", ""));
        }
    }

    @Test
    void whoLooksIsNotToldThePasswordsInSettings() {
        Action action = Action.newBuilder()
                .setInstance(instance)
                .setWriteSettings(io.pgherder.proto.v1.WriteSettings.newBuilder()
                        .setConfiguration(Configuration.newBuilder()
                                .addSettings(Configuration.Setting.newBuilder()
                                        .setName("archive_command")
                                        .setValue("push --password=s3cret %p"))
                                .addSettings(Configuration.Setting.newBuilder()
                                        .setName("work_mem")
                                        .setValue("8MB"))))
                .build();

        assertThat(mapping.toOperation(action)
                        .actionWithoutSecrets()
                        .getWriteSettings()
                        .getConfiguration()
                        .getSettingsList())
                .extracting(Configuration.Setting::getName, Configuration.Setting::getValue)
                .containsExactly(tuple("archive_command", "push --password=**** %p"), tuple("work_mem", "8MB"));
    }

    private Operation operation(Action.VerbCase verb) {
        return switch (verb) {
            case INIT_PRIMARY -> new InitPrimary(place, "UTF8", "C.UTF-8", true, CONFIGURATION);
            case CLONE_STANDBY -> new CloneStandby(place, UPSTREAM, CONFIGURATION, Optional.of("50M"), true);
            case START_INSTANCE -> new StartInstance(place, true, Optional.of("0/5F2A1C8"));
            case STOP_INSTANCE -> new StopInstance(place, PgCtl.StopMode.IMMEDIATE);
            case RESTART_INSTANCE -> new RestartInstance(place, true);
            case RELOAD_SETTINGS -> new ReloadSettings(place);
            case WRITE_SETTINGS -> new WriteSettings(place, CONFIGURATION, List.of());
            case WRITE_HBA -> new WriteHba(place, List.of("host all all 10.0.0.0/8 scram-sha-256"));
            case ENSURE_ROLE -> new EnsureRole(place, new Credentials("rep", "s3cret"));
            case CREATE_SLOT -> new CreateSlot(place, "pg1925");
            case DROP_SLOT -> new DropSlot(place, "pg1925");
            case FOLLOW_UPSTREAM -> new FollowUpstream(place, UPSTREAM);
            case SET_ASIDE -> new SetAside(place);
            case RESET_SYNCHRONOUS_COMMIT ->
                new ResetSynchronousCommit(
                        place, List.of(new SessionScope("etl", ""), new SessionScope("", "scratch")));
            case RESTRICT_PERMISSIONS ->
                new RestrictPermissions(
                        place, List.of(RestrictPermissions.Directory.DATA, RestrictPermissions.Directory.WAL));
            case VERB_NOT_SET -> throw new AssertionError();
        };
    }

    private static Action.Builder message(Action.VerbCase verb) {
        Action.Builder action = Action.newBuilder();
        return switch (verb) {
            case INIT_PRIMARY ->
                action.setInitPrimary(io.pgherder.proto.v1.InitPrimary.newBuilder()
                        .setEncoding("UTF8")
                        .setLocale("C.UTF-8")
                        .setDataChecksums(true)
                        .setConfiguration(CONFIGURATION_MESSAGE));
            case CLONE_STANDBY ->
                action.setCloneStandby(io.pgherder.proto.v1.CloneStandby.newBuilder()
                        .setSource(UPSTREAM_MESSAGE)
                        .setConfiguration(CONFIGURATION_MESSAGE)
                        .setMaxRate("50M")
                        .setFastCheckpoint(true));
            case START_INSTANCE ->
                action.setStartInstance(io.pgherder.proto.v1.StartInstance.newBuilder()
                        .setAsPrimary(true)
                        .setLeastLsn("0/5F2A1C8"));
            case STOP_INSTANCE ->
                action.setStopInstance(io.pgherder.proto.v1.StopInstance.newBuilder()
                        .setMode(io.pgherder.proto.v1.StopInstance.Mode.MODE_IMMEDIATE));
            case RESTART_INSTANCE ->
                action.setRestartInstance(
                        io.pgherder.proto.v1.RestartInstance.newBuilder().setAsPrimary(true));
            case RELOAD_SETTINGS -> action.setReloadSettings(io.pgherder.proto.v1.ReloadSettings.getDefaultInstance());
            case SET_ASIDE -> action.setSetAside(io.pgherder.proto.v1.SetAside.getDefaultInstance());
            case RESET_SYNCHRONOUS_COMMIT ->
                action.setResetSynchronousCommit(io.pgherder.proto.v1.ResetSynchronousCommit.newBuilder()
                        .addScopes(io.pgherder.proto.v1.ResetSynchronousCommit.SessionScope.newBuilder()
                                .setRole("etl"))
                        .addScopes(io.pgherder.proto.v1.ResetSynchronousCommit.SessionScope.newBuilder()
                                .setDatabase("scratch")));
            case RESTRICT_PERMISSIONS ->
                action.setRestrictPermissions(io.pgherder.proto.v1.RestrictPermissions.newBuilder()
                        .addDirectories(io.pgherder.proto.v1.RestrictPermissions.Directory.DIRECTORY_DATA)
                        .addDirectories(io.pgherder.proto.v1.RestrictPermissions.Directory.DIRECTORY_WAL));
            case WRITE_SETTINGS ->
                action.setWriteSettings(
                        io.pgherder.proto.v1.WriteSettings.newBuilder().setConfiguration(CONFIGURATION_MESSAGE));
            case WRITE_HBA ->
                action.setWriteHba(io.pgherder.proto.v1.WriteHba.newBuilder().setHba(HBA_MESSAGE));
            case ENSURE_ROLE ->
                action.setEnsureRole(
                        io.pgherder.proto.v1.EnsureRole.newBuilder().setCredentials(UPSTREAM_MESSAGE.getCredentials()));
            case CREATE_SLOT ->
                action.setCreateSlot(
                        io.pgherder.proto.v1.CreateSlot.newBuilder().setSlot("pg1925"));
            case DROP_SLOT ->
                action.setDropSlot(io.pgherder.proto.v1.DropSlot.newBuilder().setSlot("pg1925"));
            case FOLLOW_UPSTREAM ->
                action.setFollowUpstream(
                        io.pgherder.proto.v1.FollowUpstream.newBuilder().setUpstream(UPSTREAM_MESSAGE));
            case VERB_NOT_SET -> throw new AssertionError();
        };
    }

    @Test
    void anUnmanagedHbaAndAPrimaryWithoutUpstreamStayAbsent() {
        Action action = Action.newBuilder()
                .setInstance(instance)
                .setWriteSettings(io.pgherder.proto.v1.WriteSettings.newBuilder()
                        .setConfiguration(Configuration.newBuilder()
                                .addSettings(Configuration.Setting.newBuilder()
                                        .setName("work_mem")
                                        .setValue("8MB")))
                        .addReset("fsync"))
                .build();

        assertThat(mapping.toOperation(action).operation())
                .isEqualTo(new WriteSettings(
                        place,
                        new NodeConfiguration(Map.of("work_mem", "8MB"), "", Optional.empty(), Optional.empty()),
                        List.of("fsync")));
    }

    @Test
    void whatIsNoNameOfASettingGetsIntoNoStatement() {
        Action action = slotAction(instance.toBuilder());
        Action injected = action.toBuilder()
                .setWriteSettings(io.pgherder.proto.v1.WriteSettings.newBuilder()
                        .setConfiguration(Configuration.getDefaultInstance())
                        .addReset("fsync; DROP TABLE orders"))
                .build();

        assertThatThrownBy(() -> mapping.toOperation(injected))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not the name of a setting: fsync; DROP TABLE orders");
    }

    @Test
    void anActionOfANewerControllerIsRefusedByName() {
        assertThatThrownBy(() -> mapping.toOperation(
                        Action.newBuilder().setInstance(instance).build()))
                .isInstanceOf(OperationFailed.class)
                .hasMessage("REQUEST-002 this agent does not know the action that was asked for");
    }

    @Test
    void pathsThatLeadOutOfTheRootsAreRefused() throws IOException {
        Files.createSymbolicLink(root.resolve("link"), Path.of("/etc"));

        for (String path : List.of("/etc/postgresql", root + "/../elsewhere", root + "/link/data", "relative", "")) {
            Action dataDir = slotAction(instance.toBuilder().setDataDir(path));
            assertThatThrownBy(() -> mapping.toOperation(dataDir)).isInstanceOf(OperationFailed.class);
        }
        Action walDir = slotAction(instance.toBuilder().setWalDir(root + "/link/wal"));
        assertThatThrownBy(() -> mapping.toOperation(walDir)).isInstanceOf(OperationFailed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "host",
                "passfile",
                "password",
                "sslpassword",
                "service",
                "hostaddr",
                "sslkeylogfile",
                "SSLMODE",
                "sslmode host"
            })
    void whatWouldLeadAConnectionElsewhereIsNoOption(String name) {
        Action action = following(UPSTREAM_MESSAGE.toBuilder().clearOptions().addOptions(option(name, "x")));

        assertThatThrownBy(() -> mapping.toOperation(action))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a connection to an upstream cannot be given the option \"" + name + "\"");
    }

    @Test
    void anOptionIsOneLineAndGivenOnce() {
        Action twice = following(UPSTREAM_MESSAGE.toBuilder().addOptions(option("sslmode", "disable")));
        Action twoLines = following(UPSTREAM_MESSAGE.toBuilder().clearOptions().addOptions(option("sslcert", "a\nb")));

        assertThatThrownBy(() -> mapping.toOperation(twice)).hasMessage("the option sslmode is given twice");
        assertThatThrownBy(() -> mapping.toOperation(twoLines))
                .hasMessage("a connection to an upstream cannot be given the option \"sslcert\"");
    }

    private Action following(io.pgherder.proto.v1.Upstream.Builder upstream) {
        return Action.newBuilder()
                .setInstance(instance)
                .setFollowUpstream(
                        io.pgherder.proto.v1.FollowUpstream.newBuilder().setUpstream(upstream))
                .build();
    }

    private static io.pgherder.proto.v1.Upstream.ConnectionOption option(String name, String value) {
        return io.pgherder.proto.v1.Upstream.ConnectionOption.newBuilder()
                .setName(name)
                .setValue(value)
                .build();
    }

    @Test
    void whatMakesNoSenseIsMalformed() {
        for (Instance.Builder bad : List.of(
                instance.toBuilder().clearNode(),
                instance.toBuilder().setPort(0),
                instance.toBuilder().setPort(65536),
                instance.toBuilder().clearSuperuser(),
                instance.toBuilder().setMajorVersion(9),
                instance.toBuilder().setBinDir("bin"))) {
            Action action = slotAction(bad);
            assertThatThrownBy(() -> mapping.toOperation(action)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void permissionsOfNoDirectoryAreMalformed() {
        Action ofNone = Action.newBuilder()
                .setInstance(instance)
                .setRestrictPermissions(io.pgherder.proto.v1.RestrictPermissions.getDefaultInstance())
                .build();
        Action ofUnknown = Action.newBuilder()
                .setInstance(instance)
                .setRestrictPermissions(
                        io.pgherder.proto.v1.RestrictPermissions.newBuilder().addDirectoriesValue(9))
                .build();

        for (Action action : List.of(ofNone, ofUnknown)) {
            assertThatThrownBy(() -> mapping.toOperation(action))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("no directory to restrict: ");
        }
    }

    private static Action slotAction(Instance.Builder instance) {
        return Action.newBuilder()
                .setInstance(instance)
                .setCreateSlot(io.pgherder.proto.v1.CreateSlot.newBuilder().setSlot("pg1925"))
                .build();
    }
}
