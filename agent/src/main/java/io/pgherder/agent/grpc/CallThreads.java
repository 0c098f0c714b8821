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
 * as long as it likes, so it has threads of its own: a lock can always be renewed, and an operation cancelled.
 */
final class CallThreads implements ServerCallExecutorSupplier, AutoCloseable {
    private static final int TOUCHING = 8;
    private static final int PROMPT = 2;
    private static final Set<String> TOUCH_FILES = Set.of(
            AgentGrpc.getDescribeMethod().getFullMethodName(),
            AgentGrpc.getObserveMethod().getFullMethodName(),
            AgentGrpc.getRunMethod().getFullMethodName());

    private final ExecutorService touching = threads(TOUCHING, "agent-call");
    private final ExecutorService prompt = threads(PROMPT, "agent-prompt");

    @Override
    public <ReqT, RespT> Executor getExecutor(ServerCall<ReqT, RespT> call, Metadata metadata) {
        return TOUCH_FILES.contains(call.getMethodDescriptor().getFullMethodName()) ? touching : prompt;
    }

    /** For what comes before it is known which method is called. */
    Executor prompt() {
        return prompt;
    }

    @Override
    public void close() {
        touching.shutdown();
        prompt.shutdown();
    }

    private static ExecutorService threads(int count, String name) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                count, count, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new DefaultThreadFactory(name, true));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }
}
