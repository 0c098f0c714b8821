package io.pgherder.agent.grpc;

import io.pgherder.proto.v1.HostFacts;
import io.pgherder.proto.v1.Installation;
import java.nio.file.Path;

/** The host and its agent. */
final class HostMapping {
    /** Grows when the contract gains verbs. */
    static final int PROTOCOL = 1;

    private HostMapping() {}

    static HostFacts toProto(io.pgherder.agent.inspect.HostFacts host) {
        return HostFacts.newBuilder()
                .setHostname(host.hostname())
                .setAgentVersion(host.agentVersion())
                .setProtocol(PROTOCOL)
                .setAccount(host.account())
                .addAllAllowedRoots(
                        host.allowedRoots().stream().map(Path::toString).toList())
                .setClockMs(host.clock().toEpochMilli())
                .addAllInstallations(
                        host.installations().stream().map(HostMapping::toProto).toList())
                .setSocketDir(host.socketDir().toString())
                .build();
    }

    private static Installation toProto(io.pgherder.agent.postgres.Installation installation) {
        return Installation.newBuilder()
                .setMajorVersion(installation.majorVersion())
                .setVersion(installation.version())
                .setBinDir(installation.binDir().toString())
                .build();
    }
}
