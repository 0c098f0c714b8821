package io.pgherder.agent.inspect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The TCP ports of this host on which somebody listens, and the addresses, as the kernel lists them in {@code /proc/net/tcp} and
 * {@code tcp6}. Trying to bind would be touching, and trying to connect would be seen in the other's log.
 */
final class ListeningPorts {
    private static final String LISTEN = "0A";
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private final List<ListeningSocket> sockets;

    private ListeningPorts(List<ListeningSocket> sockets) {
        this.sockets = sockets;
    }

    static ListeningPorts read() throws IOException {
        return read(Path.of("/proc/net"));
    }

    static ListeningPorts read(Path directory) throws IOException {
        List<ListeningSocket> sockets = new ArrayList<>();
        addListening(directory.resolve("tcp"), sockets);
        try {
            addListening(directory.resolve("tcp6"), sockets);
        } catch (NoSuchFileException hostWithoutIpv6) {
            return new ListeningPorts(sockets);
        }
        return new ListeningPorts(sockets);
    }

    /** A line is {@code sl local_address rem_address st ...}, numbers in hexadecimal: {@code 0: 0100007F:0781 00000000:0000 0A ...}. */
    private static void addListening(Path file, List<ListeningSocket> sockets) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            lines.skip(1).map(line -> line.strip().split("\\s+")).forEach(fields -> {
                if (fields.length > STATE && fields[STATE].equals(LISTEN)) {
                    sockets.add(ListeningSocket.of(fields[LOCAL_ADDRESS], fields.length > INODE ? fields[INODE] : ""));
                }
            });
        }
    }

    /** The sockets that keep others from listening there. */
    List<ListeningSocket> takers(InetAddress address, int port) {
        return sockets.stream()
                .filter(socket -> socket.port() == port && socket.takes(address))
                .toList();
    }

    /** Who listens there, as far as the kernel lets this account see: of another account's processes, nothing but the address. */
    static Listener listener(List<ListeningSocket> takers) {
        Set<String> links =
                takers.stream().map(socket -> "socket:[" + socket.inode() + "]").collect(Collectors.toSet());
        String address = takers.get(0).address().getHostAddress();
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> holdsOneOf(links, pid))
                .min(Comparator.naturalOrder())
                .map(pid -> Listener.of(pid, address))
                .orElse(Listener.unseen(address));
    }

    private static boolean holdsOneOf(Set<String> links, long pid) {
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return open.anyMatch(each -> links.contains(target(each)));
        } catch (IOException | UncheckedIOException goneOrAnotherAccounts) {
            return false;
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}
