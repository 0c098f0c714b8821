package io.pgherder.controller.agentclient;

import io.pgherder.controller.observation.ClusterObservation;
import io.pgherder.controller.observation.ClusterObserver;
import io.pgherder.controller.observation.DirectoryFacts.Content;
import io.pgherder.controller.observation.Ground;
import io.pgherder.controller.observation.Ground.Listener;
import io.pgherder.controller.observation.HostObservation.Answered;
import io.pgherder.controller.observation.HostObservation.LocalInstance;
import io.pgherder.controller.observation.HostObservation.Silent;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.InstanceState.ConfigFile;
import io.pgherder.controller.observation.InstanceState.FileStamp;
import io.pgherder.controller.observation.InstanceState.ProcessState;
import io.pgherder.controller.observation.NodeObservation.Empty;
import io.pgherder.controller.observation.NodeObservation.Seen;
import io.pgherder.controller.observation.NodeObservation.Unreachable;
import io.pgherder.controller.observation.RunningOperation;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.FileEntry;
import io.pgherder.controller.observation.ServerFacts.RoleSetting;
import io.pgherder.controller.observation.ServerFacts.Slot;
import io.pgherder.controller.pgvalue.Lsn;
import io.pgherder.controller.pgvalue.SystemIdentifier;
import io.pgherder.controller.plan.action.Action;
import io.pgherder.controller.sample.Orders;
import io.pgherder.proto.v1.ControlFile;
import io.pgherder.proto.v1.DirectoryFacts;
import io.pgherder.proto.v1.Endpoint;
import io.pgherder.proto.v1.HostFacts;
import io.pgherder.proto.v1.Installation;
import io.pgherder.proto.v1.InstanceQuery;
import io.pgherder.proto.v1.InstanceSnapshot;
import io.pgherder.proto.v1.ObserveRequest;
import io.pgherder.proto.v1.ObserveResponse;
import io.pgherder.proto.v1.PasswordMatch;
import io.pgherder.proto.v1.PortUse;
import io.pgherder.proto.v1.WalSender;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.pgherder.controller.sample.Orders.PG1;
import static io.pgherder.controller.sample.Orders.PG2;
import static io.pgherder.controller.sample.Orders.PG4;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class GrpcNodeProbeTest {
    private static final Instant NOW = Instant.parse("2026-11-23T01:00:00Z");

    private final FakeAgent agent;
    private final AgentChannels channels;

    GrpcNodeProbeTest() throws IOException {
        agent = new FakeAgent();
        channels = agent.channels();
    }

    @AfterEach
    void close() {
        channels.close();
        agent.close();
    }

    @Test
    void everyHostIsAskedOnceForAllItsNodes() throws Exception {
        agent.onObserve = GrpcNodeProbeTest::nothingThere;

        ClusterObservation seen = observe(Duration.ofSeconds(5));

        assertThat(agent.log()).containsExactly("observe orders", "observe orders", "observe orders");
        assertThat(seen.nodes()).hasSize(4).allSatisfy(node -> assertThat(node).isInstanceOf(Empty.class));
        assertThat(seen.host("db1")).isInstanceOfSatisfying(Answered.class, db1 -> {
            assertThat(db1.clockOffset()).isEqualTo(Duration.ofSeconds(3));
            assertThat(db1.newestToken()).isEqualTo(7);
            assertThat(db1.installations().get(0).version()).isEqualTo("15.18");
        });
    }

    @Test
    void aStandbyIsAskedToReachItsUpstreamAndDeclaredSettingsAreAskedFor() throws Exception {
        agent.onObserve = request -> {
            if (request.getInstances(0).getInstance().getNode().equals("pg2")) {
                InstanceQuery pg2 = request.getInstances(0);
                assertThat(pg2.getReach(0).getHost()).isEqualTo("10.0.1.11");
                assertThat(pg2.getReach(0).getPort()).isEqualTo(1921);
                assertThat(pg2.getSettingsList()).containsExactly("max_connections");
                assertThat(pg2.getRolesList()).containsExactly("rep");
                assertThat(pg2.getCredentials().getUser()).isEqualTo("rep");
                assertThat(pg2.getCredentials().getPassword()).isEqualTo(Orders.PASSWORD);
                assertThat(pg2.getInstance().getWalDir()).isEqualTo("/data02/pg/pg_wal_1922");
            }
            return nothingThere(request);
        };

        assertThat(observe(Duration.ofSeconds(5)).host("db2")).isInstanceOf(Answered.class);
    }

    @Test
    void aCascadedStandbyIsAlsoAskedToReachThePrimaryThatItMayBeCopiedFrom() throws Exception {
        List<Endpoint> asked = new CopyOnWriteArrayList<>();
        agent.onObserve = request -> {
            request.getInstancesList().stream()
                    .filter(query -> query.getInstance().getNode().equals("pg4"))
                    .forEach(query -> asked.addAll(query.getReachList()));
            return nothingThere(request);
        };

        observe(Duration.ofSeconds(5));

        assertThat(asked)
                .extracting(Endpoint::getHost, Endpoint::getPort)
                .containsExactly(tuple("10.0.1.12", 1922), tuple("10.0.1.11", 1921));
    }

    @Test
    void aDirectoryThatTheAgentCouldNotLookIntoIsNotEmpty() throws Exception {
        agent.onObserve = request -> {
            ObserveResponse.Builder response = nothingThere(request).toBuilder();
            for (InstanceSnapshot.Builder node : response.getInstancesBuilderList()) {
                node.getDataDirBuilder()
                        .setContent(DirectoryFacts.Content.UNREADABLE)
                        .setObstacle("/data01/pg belongs to root and is closed to postgres");
                if (node.getNode().equals("pg1")) {
                    node.addProblemsBuilder().setCode("INSPECT-009").setSummary("the look took too long");
                }
            }
            return response.build();
        };

        ClusterObservation seen = observe(Duration.ofSeconds(5));

        assertThat(seen.node(PG1))
                .isInstanceOfSatisfying(
                        Unreachable.class,
                        pg1 -> assertThat(pg1.why().summary()).isEqualTo("the look took too long"));
        assertThat(seen.node(PG2))
                .isInstanceOfSatisfying(
                        Unreachable.class,
                        pg2 -> assertThat(pg2.why().details())
                                .containsExactly("/data01/pg belongs to root and is closed to postgres"));
    }

    @Test
    void whatStandsInTheWayOfANewInstanceIsSeen() throws Exception {
        agent.onObserve = request -> {
            ObserveResponse.Builder response = nothingThere(request).toBuilder();
            for (InstanceSnapshot.Builder node : response.getInstancesBuilderList()) {
                node.setVanishedRecord("/state/mark.properties")
                        .getPortBuilder()
                        .setState(PortUse.State.OTHER)
                        .setPid(4711)
                        .setProgram("postgres")
                        .setDirectory("/data01/pg/pg_root1921 (deleted)")
                        .setAddress("10.0.1.11");
                node.getDataDirBuilder()
                        .setUsable(false)
                        .setObstacle("/data01/pg/pg_root1921.pgherder-staging is in the way")
                        .setObstacleHint("whose is it?");
            }
            return response.build();
        };

        assertThat(observe(Duration.ofSeconds(5)).node(PG1)).isInstanceOfSatisfying(Empty.class, pg1 -> {
            assertThat(pg1.ground().vanishedRecord()).contains("/state/mark.properties");
            assertThat(pg1.ground().listener())
                    .contains(new Listener(4711, "postgres", "/data01/pg/pg_root1921", true, "10.0.1.11"));
            assertThat(pg1.ground().dataDir().obstacle())
                    .isEqualTo("/data01/pg/pg_root1921.pgherder-staging is in the way");
            assertThat(pg1.ground().dataDir().obstacleHint()).isEqualTo("whose is it?");
        });
    }

    @Test
    void aRunningInstanceIsSeenWithWhatItSays() throws Exception {
        Action clone = Orders.clone(PG4, PG1);
        agent.onObserve = request -> {
            ObserveResponse.Builder response = nothingThere(request).toBuilder();
            for (int i = 0; i < response.getInstancesCount(); i++) {
                if (response.getInstances(i).getNode().equals("pg1")) {
                    response.setInstances(i, runningPrimary());
                } else if (response.getInstances(i).getNode().equals("pg4")) {
                    response.getInstancesBuilder(i)
                            .addOperationsBuilder()
                            .setOperationId("op-9")
                            .setSinceMs(NOW.toEpochMilli())
                            .setAction(ActionMapping.toProto(clone));
                }
            }
            return response.build();
        };

        ClusterObservation seen = observe(Duration.ofSeconds(5));

        assertThat(seen.node(PG1)).isInstanceOfSatisfying(Seen.class, pg1 -> {
            assertThat(pg1.ground().port()).isEqualTo(Ground.PortUse.OURS);
            assertThat(pg1.ground().dataDir().content()).isEqualTo(Content.INSTANCE);
            assertThat(pg1.instance().process()).isEqualTo(ProcessState.ACCEPTING);
            assertThat(pg1.instance().control().orElseThrow().systemIdentifier())
                    .hasToString("18446744073709551615");
        });
        ServerFacts server = seen.server(PG1).orElseThrow();
        assertThat(server.flushed()).contains(Lsn.parse("0/5F2A1C8"));
        assertThat(server.received()).isEmpty();
        assertThat(server.replayDelay()).isEmpty();
        assertThat(server.walSenders().get(0).writeLag()).contains(Duration.ofNanos(120_000));
        assertThat(server.walSenders().get(0).replayLag()).isEmpty();
        assertThat(seen.node(PG4))
                .isInstanceOfSatisfying(
                        Empty.class,
                        pg4 -> assertThat(pg4.operations())
                                .containsExactly(
                                        new RunningOperation("op-9", "CloneStandby", clone.fingerprint(), NOW)));
    }

    @Test
    void howPasswordsCompareIsSeenAndAnAgentThatDoesNotSayLeavesItUnknown() throws Exception {
        agent.onObserve = request -> {
            ObserveResponse.Builder response = nothingThere(request).toBuilder();
            for (int i = 0; i < response.getInstancesCount(); i++) {
                if (response.getInstances(i).getNode().equals("pg1")) {
                    response.setInstances(i, withRole(runningPrimary(), PasswordMatch.PASSWORD_MATCH_OTHER));
                } else if (response.getInstances(i).getNode().equals("pg2")) {
                    response.getInstancesBuilder(i)
                            .setPassfile(PasswordMatch.PASSWORD_MATCH_ABSENT)
                            .getDataDirBuilder()
                            .setContent(DirectoryFacts.Content.INSTANCE);
                }
            }
            return response.build();
        };

        ClusterObservation seen = observe(Duration.ofSeconds(5));

        assertThat(seen.instance(PG2).orElseThrow().passfile())
                .isEqualTo(io.pgherder.controller.observation.PasswordMatch.ABSENT);
        assertThat(seen.instance(PG1).orElseThrow().passfile())
                .as("an agent that does not say")
                .isEqualTo(io.pgherder.controller.observation.PasswordMatch.UNKNOWN);
        assertThat(seen.server(PG1).orElseThrow().role("rep").orElseThrow())
                .satisfies(role -> assertThat(role.canReplicate()).isFalse());
    }

    private static InstanceSnapshot withRole(InstanceSnapshot running, PasswordMatch password) {
        InstanceSnapshot.Builder snapshot = running.toBuilder();
        snapshot.getServerBuilder()
                .addRolesBuilder()
                .setName("rep")
                .setLogin(true)
                .setReplication(true)
                .setScramPassword(true)
                .setPassword(password);
        return snapshot.build();
    }

    @Test
    void whatAgentsSayOfFilesRolesAndSlotsIsSeen() throws Exception {
        agent.onObserve = answering(withFiles(runningPrimary()));

        ClusterObservation seen = observe(Duration.ofSeconds(5));

        ServerFacts server = seen.server(PG1).orElseThrow();
        assertThat(server.fileEntries())
                .contains(List.of(new FileEntry(
                        "work_mem",
                        "8MB",
                        "/data01/pg/postgresql.auto.conf",
                        3,
                        true,
                        "setting could not be applied")));
        assertThat(server.fileEntries().orElseThrow().get(0).origin()).isEqualTo("/data01/pg/postgresql.auto.conf:3");
        assertThat(server.roleSettings())
                .contains(List.of(new RoleSetting("batch", "shop", "synchronous_commit", "off")));
        assertThat(server.slots())
                .extracting(Slot::name, Slot::retainedBytes)
                .containsExactly(tuple("pg2", Optional.of(0L)), tuple("pg3", Optional.empty()));
        InstanceState instance = seen.instance(PG1).orElseThrow();
        assertThat(instance.file("/data01/pg/postgresql.auto.conf"))
                .contains(new FileStamp("/data01/pg/postgresql.auto.conf", "postgres", NOW));
        assertThat(instance.file("/data01/pg/postgresql.conf")).isEmpty();
        assertThat(instance.couldNotRead("pgherder.conf")).isTrue();
        assertThat(instance.couldNotRead("pg_hba.conf")).isFalse();
        assertThat(instance.hba().orElseThrow())
                .isEqualTo(new ConfigFile(
                        "/data01/pg/pg_hba.conf", List.of("local all postgres peer"), 80_000, true, NOW));
    }

    private static InstanceSnapshot withFiles(InstanceSnapshot running) {
        InstanceSnapshot.Builder snapshot = running.toBuilder().addUnreadableFiles("/data01/pg/pgherder.conf");
        snapshot.addFilesBuilder()
                .setPath("/data01/pg/postgresql.auto.conf")
                .setOwner("postgres")
                .setWrittenAtMs(NOW.toEpochMilli());
        snapshot.getHbaBuilder()
                .setPath("/data01/pg/pg_hba.conf")
                .addLines("local all postgres peer")
                .setLinesLeftOut(80_000)
                .setInUse(true)
                .setWrittenAtMs(NOW.toEpochMilli());
        io.pgherder.proto.v1.ServerFacts.Builder server =
                snapshot.getServerBuilder().setFileEntriesSeen(true).setRoleSettingsSeen(true);
        server.addFileEntriesBuilder()
                .setName("work_mem")
                .setValue("8MB")
                .setFile("/data01/pg/postgresql.auto.conf")
                .setLine(3)
                .setApplied(true)
                .setError("setting could not be applied");
        server.addRoleSettingsBuilder()
                .setRole("batch")
                .setDatabase("shop")
                .setName("synchronous_commit")
                .setValue("off");
        server.addSlotsBuilder().setName("pg2").setRetainedBytes(0);
        server.addSlotsBuilder().setName("pg3");
        return snapshot.build();
    }

    private static Function<ObserveRequest, ObserveResponse> answering(InstanceSnapshot pg1) {
        return request -> {
            ObserveResponse.Builder response = nothingThere(request).toBuilder();
            for (int i = 0; i < response.getInstancesCount(); i++) {
                if (response.getInstances(i).getNode().equals("pg1")) {
                    response.setInstances(i, pg1);
                }
            }
            return response.build();
        };
    }

    @Test
    void whatAnOldAgentDoesNotLookForIsUnknownNotNone() throws Exception {
        agent.onObserve = answering(runningPrimary().toBuilder()
                .setHba(io.pgherder.proto.v1.ConfigFile.newBuilder().setPath("/data01/pg/pg_hba.conf"))
                .build());

        ClusterObservation seen = observe(Duration.ofSeconds(5));

        ServerFacts server = seen.server(PG1).orElseThrow();
        assertThat(server.fileEntries()).isEmpty();
        assertThat(server.roleSettings()).isEmpty();
        assertThat(seen.instance(PG1).orElseThrow().files()).isEmpty();
        assertThat(seen.instance(PG1).orElseThrow().hba().orElseThrow().isWhole())
                .isTrue();
        assertThat(seen.host("db1"))
                .isInstanceOfSatisfying(
                        Answered.class, db1 -> assertThat(db1.instances()).isEmpty());
    }

    @Test
    void theInstancesOfAHostAreSeenWhoeverTheyBelongTo() throws Exception {
        agent.onObserve = request -> {
            ObserveResponse.Builder response = nothingThere(request).toBuilder();
            response.getHostBuilder()
                    .setInstancesSeen(true)
                    .addInstances(io.pgherder.proto.v1.LocalInstance.newBuilder()
                            .setDataDir("/data01/pg/pg_root1921")
                            .setPort(1921)
                            .setPid(4711)
                            .setMajorVersion(15)
                            .setCluster("orders")
                            .setNode("pg1")
                            .setStandbySignal(true)
                            .setInstalledHere(true)
                            .setSystemIdentifier("7421903344718816021"))
                    .addInstances(
                            io.pgherder.proto.v1.LocalInstance.newBuilder().setDataDir("/data01/pg/pg_root1930"));
            return response.build();
        };

        assertThat(observe(Duration.ofSeconds(5)).host("db1"))
                .isInstanceOfSatisfying(
                        Answered.class,
                        db1 -> assertThat(db1.instances())
                                .contains(List.of(
                                        new LocalInstance(
                                                "/data01/pg/pg_root1921",
                                                1921,
                                                4711,
                                                15,
                                                "orders",
                                                "pg1",
                                                true,
                                                true,
                                                Optional.empty(),
                                                Optional.of(SystemIdentifier.parse("7421903344718816021"))),
                                        new LocalInstance(
                                                "/data01/pg/pg_root1930",
                                                0,
                                                0,
                                                0,
                                                "",
                                                "",
                                                false,
                                                false,
                                                Optional.empty(),
                                                Optional.empty()))));
    }

    @Test
    void anAgentThatDoesNotAnswerInTimeIsSilentAndItsNodesUnreachable() throws Exception {
        agent.silent = true;

        ClusterObservation seen = observe(Duration.ofMillis(100));

        assertThat(seen.host("db2"))
                .isInstanceOfSatisfying(
                        Silent.class,
                        db2 -> assertThat(db2.why().summary())
                                .isEqualTo("agent 10.0.1.12:7432 on db2 did not answer within 100ms"));
        assertThat(seen.node(PG2)).isInstanceOf(Unreachable.class);
    }

    @Test
    void aSlowAnswerIsNoWrongClock() throws Exception {
        AtomicLong seconds = new AtomicLong();
        agent.onObserve = request -> {
            long heard = seconds.addAndGet(20);
            return withClock(nothingThere(request), NOW.plusSeconds(heard - 1));
        };
        Clock clock = new Clock() {
            @Override
            public Instant instant() {
                return NOW.plusSeconds(seconds.get());
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };

        ClusterObservation seen = observe(Duration.ofSeconds(5), clock);

        assertThat(seen.host("db1"))
                .isInstanceOfSatisfying(
                        Answered.class, db1 -> assertThat(db1.clockOffset()).isZero());
    }

    private static ObserveResponse withClock(ObserveResponse response, Instant clock) {
        ObserveResponse.Builder changed = response.toBuilder();
        changed.getHostBuilder().setClockMs(clock.toEpochMilli());
        return changed.build();
    }

    @Test
    void anAnswerThatMakesNoSenseIsAProblemNotADefect() throws Exception {
        agent.onObserve = request -> ObserveResponse.getDefaultInstance();

        assertThat(observe(Duration.ofSeconds(5)).host("db1")).isInstanceOfSatisfying(Silent.class, db1 -> {
            assertThat(db1.why().code()).isEqualTo("CONNECT-011");
            assertThat(db1.why().summary()).isEqualTo("the answer of agent 10.0.1.11:7432 on db1 makes no sense");
            assertThat(db1.why().hint())
                    .isEqualTo(
                            "is its version another one than the controller's? compare \"pgherder --version\" here with"
                                    + " \"pgherder agent --version\" on db1");
            assertThat(db1.why().details()).isEqualTo(List.of("asked about [pg1], told about []"));
        });
    }

    private ClusterObservation observe(Duration timeout) throws InterruptedException {
        return observe(timeout, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private ClusterObservation observe(Duration timeout, Clock clock) throws InterruptedException {
        GrpcNodeProbe probe = new GrpcNodeProbe(channels, timeout, clock);
        return new ClusterObserver(probe, 64).observe(Orders.topology());
    }

    private static ObserveResponse nothingThere(ObserveRequest request) {
        ObserveResponse.Builder response = ObserveResponse.newBuilder()
                .setNewestToken(7)
                .setHost(HostFacts.newBuilder()
                        .setClockMs(NOW.plusSeconds(3).toEpochMilli())
                        .addInstallations(
                                Installation.newBuilder().setMajorVersion(15).setVersion("15.18")));
        request.getInstancesList()
                .forEach(query -> response.addInstancesBuilder()
                        .setNode(query.getInstance().getNode())
                        .setDataDir(DirectoryFacts.newBuilder().setContent(DirectoryFacts.Content.ABSENT)));
        return response.build();
    }

    private static InstanceSnapshot runningPrimary() {
        return InstanceSnapshot.newBuilder()
                .setNode("pg1")
                .setDataDir(DirectoryFacts.newBuilder().setContent(DirectoryFacts.Content.INSTANCE))
                .setPort(PortUse.newBuilder().setState(PortUse.State.OURS))
                .setProcess(io.pgherder.proto.v1.ProcessState.PROCESS_ACCEPTING)
                .setControl(ControlFile.newBuilder().setSystemIdentifier(-1).setTimeline(3))
                .setServer(io.pgherder.proto.v1.ServerFacts.newBuilder()
                        .setVersionNum(150018)
                        .setFlushedLsn("0/5F2A1C8")
                        .setReplayDelayMs(-1)
                        .addWalSenders(WalSender.newBuilder()
                                .setApplicationName("pg2")
                                .setWriteLagMs(0.12)
                                .setReplayLagMs(-1)))
                .build();
    }
}
