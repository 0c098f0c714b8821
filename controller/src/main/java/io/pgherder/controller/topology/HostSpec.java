package io.pgherder.controller.topology;

import static java.util.Objects.requireNonNull;

/**
 * A database host.
 *
 * @param name the file's own name for it
 * @param address where its instances are reached by clients and standbys: a name or an IP address
 * @param agentHost where its agent listens; usually the address
 * @param agentPort {@value #DEFAULT_AGENT_PORT} unless the file says otherwise
 * @param shared whether other instances live here, too, that are no part of the cluster and nobody's business
 */
public record HostSpec(String name, String address, String agentHost, int agentPort, boolean shared) {
    public static final int DEFAULT_AGENT_PORT = 7432;

    public HostSpec {
        requireNonNull(name, "name is null");
        requireNonNull(address, "address is null");
        requireNonNull(agentHost, "agentHost is null");
        if (agentPort < 1 || agentPort > 65535) {
            throw new IllegalArgumentException("agent port out of range: " + agentPort);
        }
    }

    /** {@code 10.0.1.11:7432}; an IPv6 address in brackets. */
    public String agent() {
        return (agentHost.contains(":") ? "[" + agentHost + "]" : agentHost) + ":" + agentPort;
    }
}
