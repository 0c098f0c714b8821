package io.pgherder.agent.grpc;

import io.pgherder.proto.v1.HostFacts;
import io.pgherder.proto.v1.Installation;
import io.pgherder.proto.v1.LocalInstance;
import java.nio.file.Path;

/** The host and its agent. */
final class HostMapping {
    /**
     * Grows when the contract gains verbs, or words without which a verb would be understood amiss: 3 knows of config_dir, 4 of
     * connection options, 5 of permissions that are restricted.
     */
    static final int PROTOCOL = 5;

    private HostMapping() {}

    static HostFacts toProto(io.pgherder.agent.inspect.HostFacts host) {
        HostFacts.Builder proto = HostFacts.newBuilder()
                .setHostname(host.hostname())
                .setAgentVersion(host.agentVersion())
                .setProtocol(PROTOCOL)
                .setAccount(host.account())
                .addAllAllowedRoots(
                        host.allowedRoots().stream().map(Path::toString).toList())
                .setClockMs(host.clock().toEpochMilli())
                .addAllInstallations(
                        host.installations().stream().map(HostMapping::toProto).toList())
                .setSocketDir(host.socketDir().toString());
        host.machine().ifPresent(proto::setMachine);
        host.instances()
                .ifPresent(
                        instances -> proto.setInstancesSeen(instances.unseen().isEmpty())
                                .addAllInstances(instances.found().stream()
                                        .map(HostMapping::toProto)
                                        .toList())
                                .addAllInstancesUnseen(instances.unseen().stream()
                                        .map(ProblemMapping::toProto)
                                        .toList()));
        return proto.build();
    }

    private static LocalInstance toProto(io.pgherder.agent.inspect.LocalInstance instance) {
        LocalInstance.Builder proto = LocalInstance.newBuilder()
                .setDataDir(instance.dataDir().toString())
                .setPort(instance.port())
                .setPid(instance.pid())
                .setMajorVersion(instance.majorVersion())
                .setCluster(instance.cluster())
                .setNode(instance.node())
                .setStandbySignal(instance.standbySignal())
                .setInstalledHere(instance.installedHere());
        instance.configDir().ifPresent(directory -> proto.setConfigDir(directory.toString()));
        instance.system().ifPresent(proto::setSystemIdentifier);
        return proto.build();
    }

    private static Installation toProto(io.pgherder.agent.postgres.Installation installation) {
        return Installation.newBuilder()
                .setMajorVersion(installation.majorVersion())
                .setVersion(installation.version())
                .setBinDir(installation.binDir().toString())
                .build();
    }
}
