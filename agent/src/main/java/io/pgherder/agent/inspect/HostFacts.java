package io.pgherder.agent.inspect;

import io.pgherder.agent.postgres.Installation;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * The host and its agent.
 *
 * @param machine the same for agents that see the same processes; empty: the kernel does not tell
 * @param clock the host's time when it was looked at
 * @param instances those that are on the host, whether anybody asked for them or not; empty Optional: not looked for
 */
public record HostFacts(
        String hostname,
        Optional<String> machine,
        String agentVersion,
        String account,
        List<Path> allowedRoots,
        Instant clock,
        List<Installation> installations,
        Path socketDir,
        Optional<FoundInstances> instances) {
    public HostFacts {
        requireNonNull(hostname, "hostname is null");
        requireNonNull(machine, "machine is null");
        requireNonNull(agentVersion, "agentVersion is null");
        requireNonNull(account, "account is null");
        requireNonNull(clock, "clock is null");
        requireNonNull(socketDir, "socketDir is null");
        allowedRoots = List.copyOf(allowedRoots);
        installations = List.copyOf(installations);
        requireNonNull(instances, "instances is null");
    }
}
