package io.pgherder.controller.topology;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * How the agents of this cluster are spoken to.
 *
 * @param tlsDirectory holds {@code ca.crt}, {@code controller.crt} and {@code controller.key}; empty: where the command line or its
 *     defaults say
 */
public record AgentAccess(Optional<String> tlsDirectory) {
    public static final AgentAccess DEFAULT = new AgentAccess(Optional.empty());

    public AgentAccess {
        requireNonNull(tlsDirectory, "tlsDirectory is null");
    }
}
