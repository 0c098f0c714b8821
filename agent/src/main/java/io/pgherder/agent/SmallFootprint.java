package io.pgherder.agent;

/**
 * Keeps the daemon small beside a database. Netty and the JDK read these when their classes are loaded, so they are set before anything
 * else; what is given on the command line wins.
 */
final class SmallFootprint {
    private SmallFootprint() {}

    static void arrange() {
        // Messages are small and few: pools of buffers would only occupy memory.
        setUnlessGiven("io.netty.allocator.type", "unpooled");
        setUnlessGiven("io.grpc.netty.useCustomAllocator", "false");
        setUnlessGiven("io.netty.noPreferDirect", "true");
        setUnlessGiven("io.netty.eventLoopThreads", "1");
        setUnlessGiven("io.netty.recycler.maxCapacityPerThread", "0");
        // Plain NIO, without reaching into the JVM: one native library less.
        setUnlessGiven("io.netty.noUnsafe", "true");
        // Otherwise from a hardware address, with a warning where there is none; only part of names that nobody reads.
        setUnlessGiven("io.netty.machineId", "02:00:00:00:00:00");
        // Netty asks the JDK for its defaults, which would read and keep some 140 authorities of the world. The agent
        // knows its own.
        setUnlessGiven("javax.net.ssl.trustStore", "NONE");
    }

    private static void setUnlessGiven(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
