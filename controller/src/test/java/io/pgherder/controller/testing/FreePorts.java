package io.pgherder.controller.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Random;

/** Ports that nobody listens on, below those that the kernel gives to clients, so that none is taken before its server starts. */
final class FreePorts {
    private static final int LOWEST = 12_000;
    private static final int HIGHEST = 31_000;

    private final Random random = new Random();

    /** The first of so many free ports in a row. */
    int row(int count) {
        while (true) {
            int first = LOWEST + random.nextInt(HIGHEST - LOWEST - count);
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
