package io.pgherder.controller.agentclient;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.pgherder.controller.observation.ClusterObservation;
import io.pgherder.controller.observation.Ground.Listener;
import io.pgherder.controller.observation.HostObservation.Answered;
import io.pgherder.controller.observation.HostObservation.Silent;
import io.pgherder.controller.observation.NodeObservation.Empty;
import io.pgherder.controller.observation.NodeObservation.Unreachable;
import io.pgherder.controller.sample.Orders;
import io.pgherder.proto.v1.DirectoryFacts;
import io.pgherder.proto.v1.Endpoint;
import io.pgherder.proto.v1.InstanceQuery;
import io.pgherder.proto.v1.InstanceSnapshot;
import io.pgherder.proto.v1.ObserveResponse;
import io.pgherder.proto.v1.PortUse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.pgherder.controller.sample.Orders.PG1;
import static io.pgherder.controller.sample.Orders.PG2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** What agents are asked, and what becomes of one that does not answer, or with nothing to be used. */
class GrpcNodeProbeTest {
    private final ObservedOrders orders;

    GrpcNodeProbeTest() throws IOException {
        orders = new ObservedOrders();
    }

    @AfterEach
    void close() {
        orders.close();
    }

    @Test
    void everyHostIsAskedOnceForAllItsNodes() throws Exception {
        orders.agent.onObserve = ObservedOrders::nothingThere;

        ClusterObservation seen = orders.observe(Duration.ofSeconds(5));

        assertThat(orders.agent.log()).containsExactly("observe orders", "observe orders", "observe orders");
        assertThat(seen.nodes()).hasSize(4).allSatisfy(node -> assertThat(node).isInstanceOf(Empty.class));
        assertThat(seen.host("db1")).isInstanceOfSatisfying(Answered.class, db1 -> {
            assertThat(db1.clockOffset()).isEqualTo(Duration.ofSeconds(3));
            assertThat(db1.newestToken()).isEqualTo(7);
            assertThat(db1.installations().get(0).version()).isEqualTo("15.18");
        });
    }

    @Test
    void aStandbyIsAskedToReachItsUpstreamAndDeclaredSettingsAreAskedFor() throws Exception {
        orders.agent.onObserve = request -> {
            if (request.getInstances(0).getInstance().getNode().equals("pg2")) {
                InstanceQuery pg2 = request.getInstances(0);
                assertThat(pg2.getReach(0).getHost()).isEqualTo("10.0.1.11");
                assertThat(pg2.getReach(0).getPort()).isEqualTo(1921);
                assertThat(pg2.getSettingsList())
                        .containsExactly(
                                "max_connections",
                                "recovery_min_apply_delay",
                                "recovery_target_timeline",
                                "wal_receiver_status_interval");
                assertThat(pg2.getRolesList()).containsExactly("rep");
                assertThat(pg2.getCredentials().getUser()).isEqualTo("rep");
                assertThat(pg2.getCredentials().getPassword()).isEqualTo(Orders.PASSWORD);
                assertThat(pg2.getInstance().getWalDir()).isEqualTo("/data02/pg/pg_wal_1922");
            }
            return ObservedOrders.nothingThere(request);
        };

        assertThat(orders.observe(Duration.ofSeconds(5)).host("db2")).isInstanceOf(Answered.class);
    }

    @Test
    void aCascadedStandbyIsAlsoAskedToReachThePrimaryThatItMayBeCopiedFrom() throws Exception {
        List<Endpoint> asked = new CopyOnWriteArrayList<>();
        orders.agent.onObserve = request -> {
            request.getInstancesList().stream()
                    .filter(query -> query.getInstance().getNode().equals("pg4"))
                    .forEach(query -> asked.addAll(query.getReachList()));
            return ObservedOrders.nothingThere(request);
        };

        orders.observe(Duration.ofSeconds(5));

        assertThat(asked)
                .extracting(Endpoint::getHost, Endpoint::getPort)
                .containsExactly(tuple("10.0.1.12", 1922), tuple("10.0.1.11", 1921));
    }

    @Test
    void aDirectoryThatTheAgentCouldNotLookIntoIsNotEmpty() throws Exception {
        orders.agent.onObserve = request -> {
            ObserveResponse.Builder response = ObservedOrders.nothingThere(request).toBuilder();
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

        ClusterObservation seen = orders.observe(Duration.ofSeconds(5));

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
        orders.agent.onObserve = request -> {
            ObserveResponse.Builder response = ObservedOrders.nothingThere(request).toBuilder();
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

        assertThat(orders.observe(Duration.ofSeconds(5)).node(PG1)).isInstanceOfSatisfying(Empty.class, pg1 -> {
            assertThat(pg1.ground().vanishedRecord()).contains("/state/mark.properties");
            assertThat(pg1.ground().listener())
                    .contains(new Listener(4711, "postgres", "/data01/pg/pg_root1921", true, "10.0.1.11"));
            assertThat(pg1.ground().dataDir().obstacle())
                    .isEqualTo("/data01/pg/pg_root1921.pgherder-staging is in the way");
            assertThat(pg1.ground().dataDir().obstacleHint()).isEqualTo("whose is it?");
        });
    }

    @Test
    void anAgentThatDoesNotAnswerInTimeIsSilentAndItsNodesUnreachable() throws Exception {
        orders.agent.silent = true;

        ClusterObservation seen = orders.observe(Duration.ofMillis(100));

        assertThat(seen.host("db2"))
                .isInstanceOfSatisfying(
                        Silent.class,
                        db2 -> assertThat(db2.why().summary())
                                .isEqualTo("agent 10.0.1.12:7432 on db2 did not answer within 100ms"));
        assertThat(seen.node(PG2)).isInstanceOf(Unreachable.class);
    }

    @Test
    void whoseConnectionBreaksUnderTheCallIsAskedOnceMore() throws Exception {
        AtomicLong calls = new AtomicLong();
        orders.agent.onObserve = request -> {
            if (calls.incrementAndGet() == 1) {
                throw broken();
            }
            return ObservedOrders.nothingThere(request);
        };

        ClusterObservation seen = orders.observe(Duration.ofSeconds(5));

        assertThat(seen.hosts()).hasSize(3).allSatisfy(host -> assertThat(host).isInstanceOf(Answered.class));
        assertThat(orders.agent.log()).hasSize(4);
    }

    @Test
    void whoseConnectionBreaksTwiceIsSilent() throws Exception {
        orders.agent.onObserve = request -> {
            throw broken();
        };

        assertThat(orders.observe(Duration.ofSeconds(5)).host("db1")).isInstanceOfSatisfying(Silent.class, db1 -> {
            assertThat(db1.why().code()).isEqualTo("CONNECT-012");
            assertThat(db1.why().details()).containsExactly("gRPC says UNAVAILABLE: Network closed for unknown reason");
        });
        assertThat(orders.agent.log()).hasSize(6);
    }

    @Test
    void whoRefusesWhatItIsAskedIsNotAskedAgain() throws Exception {
        orders.agent.onObserve = request -> {
            throw Status.RESOURCE_EXHAUSTED.asRuntimeException();
        };

        assertThat(orders.observe(Duration.ofSeconds(5)).host("db1")).isInstanceOf(Silent.class);
        assertThat(orders.agent.log()).hasSize(3);
    }

    private static StatusRuntimeException broken() {
        return Status.UNAVAILABLE
                .withDescription("Network closed for unknown reason")
                .asRuntimeException();
    }

    @Test
    void aSlowAnswerIsNoWrongClock() throws Exception {
        AtomicLong seconds = new AtomicLong();
        orders.agent.onObserve = request -> {
            long heard = seconds.addAndGet(20);
            return withClock(ObservedOrders.nothingThere(request), ObservedOrders.NOW.plusSeconds(heard - 1));
        };
        Clock clock = new Clock() {
            @Override
            public Instant instant() {
                return ObservedOrders.NOW.plusSeconds(seconds.get());
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

        ClusterObservation seen = orders.observe(Duration.ofSeconds(5), clock);

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
        orders.agent.onObserve = request -> ObserveResponse.getDefaultInstance();

        assertThat(orders.observe(Duration.ofSeconds(5)).host("db1")).isInstanceOfSatisfying(Silent.class, db1 -> {
            assertThat(db1.why().code()).isEqualTo("CONNECT-011");
            assertThat(db1.why().summary()).isEqualTo("the answer of agent 10.0.1.11:7432 on db1 makes no sense");
            assertThat(db1.why().hint())
                    .isEqualTo(
                            "is its version another one than the controller's? compare \"pgherder --version\" here with"
                                    + " \"pgherder agent --version\" on db1");
            assertThat(db1.why().details()).isEqualTo(List.of("asked about [pg1], told about []"));
        });
    }
}
