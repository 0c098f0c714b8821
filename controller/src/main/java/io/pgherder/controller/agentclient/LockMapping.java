package io.pgherder.controller.agentclient;

import io.pgherder.controller.observation.LockHolder;
import java.time.Duration;
import java.time.Instant;

/** Who holds a lock, from the wire. */
final class LockMapping {
    private LockMapping() {}

    static LockHolder fromProto(io.pgherder.proto.v1.LockHolder proto) {
        return new LockHolder(
                proto.getHolder(),
                proto.getPurpose(),
                proto.getToken(),
                Instant.ofEpochMilli(proto.getSinceMs()),
                Duration.ofMillis(proto.getSilentForMs()),
                Duration.ofMillis(proto.getExpiresInMs()));
    }
}
