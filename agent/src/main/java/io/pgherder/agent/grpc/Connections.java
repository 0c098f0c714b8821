package io.pgherder.agent.grpc;

import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerTransportFilter;
import io.pgherder.agent.lock.ClusterLocks;
import io.pgherder.agent.lock.Connection;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/** Numbers the controllers' connections, tells each call which one it came by, and tells the locks when one is closed. */
final class Connections extends ServerTransportFilter implements ServerInterceptor {
    private static final Attributes.Key<Connection> ATTRIBUTE = Attributes.Key.create("pgherder-connection");
    private static final Context.Key<Connection> CURRENT = Context.key("pgherder-connection");

    private final AtomicLong numbers = new AtomicLong();
    private final ClusterLocks locks;

    Connections(ClusterLocks locks) {
        this.locks = locks;
    }

    /** The connection that the present call came by. */
    static Connection current() {
        return requireNonNull(CURRENT.get(), "a call came by no connection");
    }

    @Override
    public Attributes transportReady(Attributes attributes) {
        return attributes.toBuilder()
                .set(ATTRIBUTE, new Connection(numbers.incrementAndGet()))
                .build();
    }

    @Override
    public void transportTerminated(@Nullable Attributes attributes) {
        // Null when the connection ended before it was ready: a failed handshake holds no lock.
        Connection closed = attributes == null ? null : attributes.get(ATTRIBUTE);
        if (closed != null) {
            locks.connectionClosed(closed);
        }
    }

    @Override
    public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
            ServerCall<ReqT, RespT> call, Metadata headers, ServerCallHandler<ReqT, RespT> next) {
        Connection connection = requireNonNull(call.getAttributes().get(ATTRIBUTE), "a call came by no connection");
        return Contexts.interceptCall(Context.current().withValue(CURRENT, connection), call, headers, next);
    }
}
