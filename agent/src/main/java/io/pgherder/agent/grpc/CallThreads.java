package io.pgherder.agent.grpc;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallExecutorSupplier;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.pgherder.proto.v1.AgentGrpc;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that calls are served by; they end when nobody calls. What touches an instance's files may be held up by a file system for
 * a while, so it has threads of its own, who looks apart from who asks for a change: a lock can always be renewed, an operation cancelled, and
 * the other instances looked at.
 */
final class CallThreads implements ServerCallExecutorSupplier, AutoCloseable {
    private static final int LOOKING = 8;
    private static final int CHANGING = 8;
    private static final int PROMPT = 2;
    private static final Set<String> LOOK = Set.of(
            AgentGrpc.getDescribeMethod().getFullMethodName(),
            AgentGrpc.getObserveMethod().getFullMethodName());
    private static final String CHANGE = AgentGrpc.getRunMethod().getFullMethodName();

    private final ExecutorService looking = threads(LOOKING, "agent-look");
    private final ExecutorService changing = threads(CHANGING, "agent-change");
    private final ExecutorService prompt = threads(PROMPT, "agent-prompt");

    @Override
    public <ReqT, RespT> Executor getExecutor(ServerCall<ReqT, RespT> call, Metadata metadata) {
        String method = call.getMethodDescriptor().getFullMethodName();
        if (LOOK.contains(method)) {
            return looking;
        }
        return method.equals(CHANGE) ? changing : prompt;
    }

    /** For what comes before it is known which method is called. */
    Executor prompt() {
        return prompt;
    }

    @Override
    public void close() {
        looking.shutdown();
        changing.shutdown();
        prompt.shutdown();
    }

    private static ExecutorService threads(int count, String name) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                count, count, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new DefaultThreadFactory(name, true));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }
}
