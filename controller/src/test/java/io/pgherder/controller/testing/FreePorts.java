package io.pgherder.controller.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Ports that nobody listens on, below those that the kernel gives to clients, so that none is taken before its server starts. JVMs that run
 * tests side by side have each a range of their own: none takes what another has only just found free; nor does one cluster in one of them.
 */
final class FreePorts {
    private static final int LOWEST = 12_000;
    private static final int RANGES = 8;
    private static final int RANGE = 2_400;
    private static final int FORK = Integer.getInteger("pgherder.tests.fork", 1);

    /** Of clusters that are long over some may be given again. */
    private static final int REMEMBERED = RANGE / 2;

    private static final Random RANDOM = new Random();

    /** Nobody listens on them yet, or any more. */
    private static final Deque<Integer> GIVEN = new ArrayDeque<>();

    private FreePorts() {}

    /** The first of so many free ports in a row. */
    static synchronized int row(int count) {
        while (true) {
            int first = LOWEST + FORK % RANGES * RANGE + RANDOM.nextInt(RANGE - count);
            if (areFree(first, count)) {
                IntStream.range(first, first + count).forEach(GIVEN::addLast);
                while (GIVEN.size() > REMEMBERED) {
                    GIVEN.removeFirst();
                }
                return first;
            }
        }
    }

    private static boolean areFree(int first, int count) {
        for (int port = first; port < first + count; port++) {
            if (GIVEN.contains(port)) {
                return false;
            }
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress("0.0.0.0", port));
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }
}
