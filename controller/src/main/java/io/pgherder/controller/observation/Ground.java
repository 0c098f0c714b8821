package io.pgherder.controller.observation;

import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Where an instance stands or would stand.
 *
 * @param walDir empty if the node declares none
 * @param configDirectory empty if the agent does not tell
 * @param listener who listens on the port, if that is somebody else who can be seen
 * @param vanishedRecord where there is no instance: the agent's record of one that it installed here and that is gone
 * @param reach what could be reached from this host, one per endpoint that was asked for
 */
public record Ground(
        DirectoryFacts dataDir,
        Optional<DirectoryFacts> walDir,
        Optional<ConfigDirectory> configDirectory,
        PortUse port,
        Optional<Listener> listener,
        Optional<String> vanishedRecord,
        List<Reachability> reach) {
    public Ground {
        requireNonNull(dataDir, "dataDir is null");
        requireNonNull(walDir, "walDir is null");
        requireNonNull(configDirectory, "configDirectory is null");
        requireNonNull(port, "port is null");
        requireNonNull(listener, "listener is null");
        requireNonNull(vanishedRecord, "vanishedRecord is null");
        reach = List.copyOf(reach);
    }

    public enum PortUse {
        FREE,
        /** The instance's own postmaster listens there. */
        OURS,
        OTHER,
        UNKNOWN
    }

    /**
     * A process that listens on the port.
     *
     * @param pid 0 if it is not of the agent's account: then only its address is known
     * @param program "postgres"
     * @param directory where it runs, without what the kernel puts behind one that is gone; may be empty
     * @param deleted whether that directory is gone
     * @param address that it listens on, in digits, {@code 0.0.0.0} for all; empty if the agent is too old to say
     */
    public record Listener(long pid, String program, String directory, boolean deleted, String address) {
        public Listener {
            requireNonNull(program, "program is null");
            requireNonNull(directory, "directory is null");
            requireNonNull(address, "address is null");
        }
    }

    /** Whether somebody listens at an endpoint, as tried from this host. */
    public record Reachability(String host, int port, Result result, String detail) {
        public enum Result {
            OPEN,
            /** The host answers, nobody listens. */
            REFUSED,
            UNREACHABLE
        }
    }
}
