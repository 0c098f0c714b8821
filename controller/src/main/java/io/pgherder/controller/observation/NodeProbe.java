package io.pgherder.controller.observation;

import java.util.concurrent.CompletableFuture;

/**
 * The port through which hosts are looked at: one call is one round trip to one agent. An agent that cannot be asked is an answer
 * too (a {@code Silent} host, its nodes {@code Unreachable}); the future completes exceptionally only for a defect of pgherder itself.
 */
public interface NodeProbe {
    CompletableFuture<HostAnswer> observe(HostQuery query);
}
