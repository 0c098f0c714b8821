package io.pgherder.controller.agentclient;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

import static java.util.Objects.requireNonNull;

/** The threads that read and write what goes to agents and comes from them: two, for a thousand connections as for three. */
record AgentThreads(EventLoopGroup group) {
    private static final int COUNT = 2;

    AgentThreads {
        requireNonNull(group, "group is null");
    }

    static AgentThreads start() {
        return new AgentThreads(new MultiThreadIoEventLoopGroup(
                COUNT, new DefaultThreadFactory("agents", true), NioIoHandler.newFactory()));
    }

    /** Left to the end of the process they would hold it up: HotSpot gives a thread that waits in the kernel 0.3 s to come back. */
    void end() {
        var unused = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
