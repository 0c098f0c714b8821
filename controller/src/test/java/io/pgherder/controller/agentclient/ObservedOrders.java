package io.pgherder.controller.agentclient;

import io.pgherder.controller.observation.ClusterObservation;
import io.pgherder.controller.observation.ClusterObserver;
import io.pgherder.controller.sample.Orders;
import io.pgherder.proto.v1.ControlFile;
import io.pgherder.proto.v1.DirectoryFacts;
import io.pgherder.proto.v1.HostFacts;
import io.pgherder.proto.v1.Installation;
import io.pgherder.proto.v1.InstanceSnapshot;
import io.pgherder.proto.v1.ObserveRequest;
import io.pgherder.proto.v1.ObserveResponse;
import io.pgherder.proto.v1.PortUse;
import io.pgherder.proto.v1.WalSender;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.Function;

/** The cluster orders, whose three hosts one agent answers for: as a test has it answer. */
final class ObservedOrders implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-23T01:00:00Z");

    final FakeAgent agent;
    private final AgentChannels channels;

    ObservedOrders() throws IOException {
        agent = new FakeAgent();
        channels = agent.channels();
    }

    ClusterObservation observe(Duration timeout) throws InterruptedException {
        return observe(timeout, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    ClusterObservation observe(Duration timeout, Clock clock) throws InterruptedException {
        GrpcNodeProbe probe = new GrpcNodeProbe(channels, timeout, clock);
        return new ClusterObserver(probe, 64).observe(Orders.topology());
    }

    static ObserveResponse nothingThere(ObserveRequest request) {
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

    static Function<ObserveRequest, ObserveResponse> answering(InstanceSnapshot pg1) {
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

    static InstanceSnapshot runningPrimary() {
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

    @Override
    public void close() {
        channels.close();
        agent.close();
    }
}
