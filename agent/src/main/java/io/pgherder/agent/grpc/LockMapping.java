package io.pgherder.agent.grpc;

import io.pgherder.agent.lock.LockOutcome;
import io.pgherder.proto.v1.LockHolder;
import io.pgherder.proto.v1.LockRequest;
import io.pgherder.proto.v1.LockResponse;
import java.time.Duration;

/** Requests for a cluster's lock and their answers. */
final class LockMapping {
    private LockMapping() {}

    static io.pgherder.agent.lock.LockRequest fromProto(LockRequest request) {
        return new io.pgherder.agent.lock.LockRequest(
                request.getCluster(),
                request.getHolder(),
                request.getPurpose(),
                request.getToken(),
                Duration.ofMillis(request.getTtlMs()),
                request.getNonce());
    }

    static LockResponse toProto(LockOutcome outcome) {
        LockResponse.Builder response = LockResponse.newBuilder();
        if (outcome instanceof LockOutcome.Granted granted) {
            return response.setGranted(granted.token()).build();
        }
        if (outcome instanceof LockOutcome.HeldBy held) {
            return response.setHeldBy(toProto(held.holder())).build();
        }
        if (outcome instanceof LockOutcome.NotNewer older) {
            return response.setNewestToken(older.newestToken()).build();
        }
        throw new AssertionError("an outcome without a place on the wire: " + outcome);
    }

    static LockHolder toProto(io.pgherder.agent.lock.LockHolder holder) {
        return LockHolder.newBuilder()
                .setHolder(holder.holder())
                .setPurpose(holder.purpose())
                .setToken(holder.token())
                .setSinceMs(holder.since().toEpochMilli())
                .setSilentForMs(holder.silentFor().toMillis())
                .setExpiresInMs(holder.expiresIn().toMillis())
                .build();
    }
}
