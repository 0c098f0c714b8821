package io.pgherder.agent.inspect;

import static java.util.Objects.requireNonNull;

/** Where somebody may listen; {@code host} is a name or an address. */
public record Endpoint(String host, int port) {
    public Endpoint {
        requireNonNull(host, "host is null");
        if (host.isBlank() || port < 1 || port > 65535) {
            throw new IllegalArgumentException("\"" + host + ":" + port + "\" is not a host and port");
        }
    }
}
