package io.pgherder.controller.agentclient;

import io.pgherder.controller.observation.ClusterObservation;
import io.pgherder.controller.observation.ConfigurationFile;
import io.pgherder.controller.observation.DirectoryFacts.Content;
import io.pgherder.controller.observation.Ground;
import io.pgherder.controller.observation.HostObservation.Answered;
import io.pgherder.controller.observation.HostObservation.LocalInstance;
import io.pgherder.controller.observation.HostObservation.LocalInstances;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.InstanceState.ConfigFile;
import io.pgherder.controller.observation.InstanceState.FileStamp;
import io.pgherder.controller.observation.InstanceState.ProcessState;
import io.pgherder.controller.observation.NodeObservation.Empty;
import io.pgherder.controller.observation.NodeObservation.Seen;
import io.pgherder.controller.observation.RunningOperation;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.FileEntry;
import io.pgherder.controller.observation.ServerFacts.RoleSetting;
import io.pgherder.controller.observation.ServerFacts.Slot;
import io.pgherder.controller.pgvalue.Lsn;
import io.pgherder.controller.pgvalue.SystemIdentifier;
import io.pgherder.controller.plan.action.Action;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.sample.Orders;
import io.pgherder.proto.v1.DirectoryFacts;
import io.pgherder.proto.v1.InstanceSnapshot;
import io.pgherder.proto.v1.ObserveResponse;
import io.pgherder.proto.v1.PasswordMatch;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.pgherder.controller.sample.Orders.PG1;
import static io.pgherder.controller.sample.Orders.PG2;
import static io.pgherder.controller.sample.Orders.PG4;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** What agents say of instances, as the controller sees it. */
class SeenInstanceTest {
    private final ObservedOrders orders;

    SeenInstanceTest() throws IOException {
        orders = new ObservedOrders();
    }

    @AfterEach
    void close() {
        orders.close();
    }

    @Test
    void aRunningInstanceIsSeenWithWhatItSays() throws Exception {
        Action clone = Orders.clone(PG4, PG1);
        orders.agent.onObserve = request -> {
            ObserveResponse.Builder response = ObservedOrders.nothingThere(request).toBuilder();
            for (int i = 0; i < response.getInstancesCount(); i++) {
                if (response.getInstances(i).getNode().equals("pg1")) {
                    response.setInstances(i, ObservedOrders.runningPrimary());
                } else if (response.getInstances(i).getNode().equals("pg4")) {
                    response.getInstancesBuilder(i)
                            .addOperationsBuilder()
                            .setOperationId("op-9")
                            .setSinceMs(ObservedOrders.NOW.toEpochMilli())
                            .setAction(ActionMapping.toProto(clone));
                }
            }
            return response.build();
        };

        ClusterObservation seen = orders.observe(Duration.ofSeconds(5));

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
                                .containsExactly(new RunningOperation(
                                        "op-9", "CloneStandby", clone.fingerprint(), ObservedOrders.NOW)));
    }

    @Test
    void howPasswordsCompareIsSeenAndAnAgentThatDoesNotSayLeavesItUnknown() throws Exception {
        orders.agent.onObserve = request -> {
            ObserveResponse.Builder response = ObservedOrders.nothingThere(request).toBuilder();
            for (int i = 0; i < response.getInstancesCount(); i++) {
                if (response.getInstances(i).getNode().equals("pg1")) {
                    response.setInstances(
                            i, withRole(ObservedOrders.runningPrimary(), PasswordMatch.PASSWORD_MATCH_OTHER));
                } else if (response.getInstances(i).getNode().equals("pg2")) {
                    response.getInstancesBuilder(i)
                            .setPassfile(PasswordMatch.PASSWORD_MATCH_ABSENT)
                            .getDataDirBuilder()
                            .setContent(DirectoryFacts.Content.INSTANCE);
                }
            }
            return response.build();
        };

        ClusterObservation seen = orders.observe(Duration.ofSeconds(5));

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
        orders.agent.onObserve = ObservedOrders.answering(withFiles(ObservedOrders.runningPrimary()));

        ClusterObservation seen = orders.observe(Duration.ofSeconds(5));

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
                .contains(new FileStamp("/data01/pg/postgresql.auto.conf", "postgres", ObservedOrders.NOW));
        assertThat(instance.file("/data01/pg/postgresql.conf")).isEmpty();
        assertThat(instance.couldNotRead(ConfigurationFile.PGHERDER)).isTrue();
        assertThat(instance.couldNotRead(ConfigurationFile.HBA)).isFalse();
        assertThat(instance.hba().orElseThrow())
                .isEqualTo(new ConfigFile(
                        "/data01/pg/pg_hba.conf",
                        List.of("local all postgres peer"),
                        80_000,
                        true,
                        ObservedOrders.NOW,
                        false));
    }

    private static InstanceSnapshot withFiles(InstanceSnapshot running) {
        InstanceSnapshot.Builder snapshot = running.toBuilder().addUnreadableFiles("/data01/pg/pgherder.conf");
        snapshot.addFilesBuilder()
                .setPath("/data01/pg/postgresql.auto.conf")
                .setOwner("postgres")
                .setWrittenAtMs(ObservedOrders.NOW.toEpochMilli());
        snapshot.getHbaBuilder()
                .setPath("/data01/pg/pg_hba.conf")
                .addLines("local all postgres peer")
                .setLinesLeftOut(80_000)
                .setInUse(true)
                .setWrittenAtMs(ObservedOrders.NOW.toEpochMilli());
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

    @Test
    void whatAnOldAgentDoesNotLookForIsUnknownNotNone() throws Exception {
        orders.agent.onObserve = ObservedOrders.answering(ObservedOrders.runningPrimary().toBuilder()
                .setHba(io.pgherder.proto.v1.ConfigFile.newBuilder().setPath("/data01/pg/pg_hba.conf"))
                .build());

        ClusterObservation seen = orders.observe(Duration.ofSeconds(5));

        ServerFacts server = seen.server(PG1).orElseThrow();
        assertThat(server.fileEntries()).isEmpty();
        assertThat(server.roleSettings()).isEmpty();
        assertThat(seen.instance(PG1).orElseThrow().files()).isEmpty();
        assertThat(seen.instance(PG1).orElseThrow().hba().orElseThrow().isWhole())
                .isTrue();
        assertThat(seen.host("db1"))
                .isInstanceOfSatisfying(
                        Answered.class,
                        db1 -> assertThat(db1.instances().unseen())
                                .extracting(Problem::code)
                                .containsExactly("CONNECT-016"));
    }

    @Test
    void theInstancesOfAHostAreSeenWhoeverTheyBelongTo() throws Exception {
        orders.agent.onObserve = request -> {
            ObserveResponse.Builder response = ObservedOrders.nothingThere(request).toBuilder();
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

        assertThat(orders.observe(Duration.ofSeconds(5)).host("db1"))
                .isInstanceOfSatisfying(
                        Answered.class,
                        db1 -> assertThat(db1.instances())
                                .isEqualTo(LocalInstances.all(List.of(
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
                                                Optional.empty())))));
    }

    @Test
    void whereAnAgentCouldNotLookIsUnknownBesideWhatItFound() throws Exception {
        orders.agent.onObserve = request -> {
            ObserveResponse.Builder response = ObservedOrders.nothingThere(request).toBuilder();
            response.getHostBuilder()
                    .addInstances(
                            io.pgherder.proto.v1.LocalInstance.newBuilder().setDataDir("/data01/pg/pg_root1930"))
                    .addInstancesUnseen(io.pgherder.proto.v1.Problem.newBuilder()
                            .setCode("INSPECT-007")
                            .setSummary("could not look at /data02/pg: it does not answer"));
            return response.build();
        };

        assertThat(orders.observe(Duration.ofSeconds(5)).host("db1")).isInstanceOfSatisfying(Answered.class, db1 -> {
            assertThat(db1.instances().found())
                    .extracting(LocalInstance::dataDir)
                    .containsExactly("/data01/pg/pg_root1930");
            assertThat(db1.instances().unseen())
                    .extracting(Problem::code, Problem::subject)
                    .containsExactly(tuple("INSPECT-007", "db1"));
        });
    }
}
