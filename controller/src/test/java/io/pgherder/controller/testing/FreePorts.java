package io.pgherder.controller.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Random;

/**
 * Ports that nobody listens on, below those that the kernel gives to clients, so that none is taken before its server starts. JVMs that run
 * tests side by side have each a range of their own: none takes what another has only just found free.
 */
final class FreePorts {
    private static final int LOWEST = 12_000;
    private static final int RANGES = 8;
    private static final int RANGE = 2_400;
    private static final int FORK = Integer.getInteger("pgherder.tests.fork", 1);

    private final Random random = new Random();

    /** The first of so many free ports in a row. */
    int row(int count) {
        while (true) {
            int first = LOWEST + FORK % RANGES * RANGE + random.nextInt(RANGE - count);
            if (areFree(first, count)) {
                return first;
            }
        }
    }

    private static boolean areFree(int first, int count) {
        for (int port = first; port < first + count; port++) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress("0.0.0.0", port));
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }
}
