package io.pgherder.agent.grpc;

import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.system.AllowedRoots;
import io.pgherder.proto.v1.Instance;
import java.nio.file.Path;
import java.util.Optional;

/** Where an instance is. Every path passes the allowed roots here, so that nothing behind the door ever sees one that has not. */
final class InstanceMapping {
    private static final int OLDEST_VERSION = 13;

    private final AllowedRoots roots;

    InstanceMapping(AllowedRoots roots) {
        this.roots = roots;
    }

    /**
     * @throws IllegalArgumentException if it makes no sense
     * @throws io.pgherder.agent.problem.OperationFailed if a directory lies outside the allowed roots
     */
    InstancePlace fromProto(Instance instance) {
        require(!instance.getNode().isBlank(), "the instance has no node name");
        require(instance.getMajorVersion() >= OLDEST_VERSION, "PostgreSQL " + instance.getMajorVersion());
        require(instance.getPort() > 0 && instance.getPort() <= 65535, "port " + instance.getPort());
        require(!instance.getSuperuser().isBlank(), "the instance has no superuser");
        Path dataDir = roots.check(instance.getDataDir());
        return new InstancePlace(
                instance.getCluster(),
                instance.getNode(),
                instance.getMajorVersion(),
                Optional.of(instance.getBinDir()).filter(dir -> !dir.isEmpty()).map(InstanceMapping::binDir),
                dataDir,
                Optional.of(instance.getWalDir()).filter(dir -> !dir.isEmpty()).map(roots::check),
                Optional.of(instance.getConfigDir())
                        .filter(dir -> !dir.isEmpty())
                        .map(roots::check)
                        .filter(dir -> !dir.equals(dataDir)),
                instance.getPort(),
                instance.getSuperuser());
    }

    /** Programs may lie anywhere: only what is written must be below the roots. */
    private static Path binDir(String text) {
        Path binDir = Path.of(text);
        require(binDir.isAbsolute(), "bin_dir " + text + " is not absolute");
        return binDir.normalize();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
