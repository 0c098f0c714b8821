package io.pgherder.agent.inspect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The TCP ports of this host on which somebody listens, on whatever address, as the kernel lists them in {@code /proc/net/tcp} and
 * {@code tcp6}. Trying to bind would be touching, and trying to connect would be seen in the other's log.
 */
final class ListeningPorts {
    private static final String LISTEN = "0A";
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;

    private final Set<Integer> ports;

    private ListeningPorts(Set<Integer> ports) {
        this.ports = ports;
    }

    static ListeningPorts read() throws IOException {
        return read(Path.of("/proc/net"));
    }

    static ListeningPorts read(Path directory) throws IOException {
        Set<Integer> ports = new HashSet<>();
        addListening(directory.resolve("tcp"), ports);
        try {
            addListening(directory.resolve("tcp6"), ports);
        } catch (NoSuchFileException hostWithoutIpv6) {
            return new ListeningPorts(ports);
        }
        return new ListeningPorts(ports);
    }

    /** A line is {@code sl local_address rem_address st ...}, numbers in hexadecimal: {@code 0: 0100007F:0781 00000000:0000 0A ...}. */
    private static void addListening(Path file, Set<Integer> ports) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            lines.skip(1).map(line -> line.strip().split("\\s+")).forEach(fields -> {
                if (fields.length > STATE && fields[STATE].equals(LISTEN)) {
                    String address = fields[LOCAL_ADDRESS];
                    ports.add(Integer.parseInt(address.substring(address.lastIndexOf(':') + 1), 16));
                }
            });
        }
    }

    boolean contains(int port) {
        return ports.contains(port);
    }
}
