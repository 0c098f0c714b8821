package io.pgherder.agent.inspect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ListeningPortsTest {
    @Test
    void onlyListeningSocketsOfTheAddressOrOfAllCount(@TempDir Path proc) throws IOException {
        Files.writeString(proc.resolve("tcp"), """
                  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
                   0: 0100007F:0781 00000000:0000 0A 00000000:00000000 00:00000000 00000000   101        0 11 1
                   1: 0100007F:0782 0100007F:C350 01 00000000:00000000 00:00000000 00000000   101        0 12 1
                """);
        Files.writeString(proc.resolve("tcp6"), """
                  sl  local_address                         remote_address                        st tx_queue
                   0: 00000000000000000000000000000000:0783 00000000000000000000000000000000:0000 0A 00000000
                """);

        ListeningPorts ports = ListeningPorts.read(proc);

        assertThat(ports.takers(address("127.0.0.1"), 1921)).hasSize(1);
        assertThat(ports.takers(address("127.0.0.1"), 1922)).isEmpty();
        assertThat(ports.takers(address("127.0.0.1"), 1923)).hasSize(1);
        assertThat(ports.takers(address("127.0.0.2"), 1921)).isEmpty();
        assertThat(ports.takers(address("0.0.0.0"), 1921)).hasSize(1);
        assertThat(ports.takers(address("127.0.0.2"), 1923)).hasSize(1);
    }

    @Test
    void aHostWithoutIpv6IsReadToo(@TempDir Path proc) throws IOException {
        Files.writeString(proc.resolve("tcp"), "  sl  local_address rem_address   st\n");

        assertThat(ListeningPorts.read(proc).takers(address("0.0.0.0"), 1921)).isEmpty();
    }

    @Test
    void addressesAreReadAsTheKernelWritesThem() {
        assertThat(ListeningSocket.of("0D00007F:1773", "11"))
                .isEqualTo(new ListeningSocket(address("127.0.0.13"), 6003, "11"));
        assertThat(ListeningSocket.of("000000FD000000000000000011000000:1D08", "12"))
                .isEqualTo(new ListeningSocket(address("fd00::11"), 7432, "12"));
    }

    @Test
    void whoListensIsNamedWithItsAddress() throws IOException {
        try (ServerSocket open = new ServerSocket(0, 1, address("127.0.0.13"))) {
            ListeningPorts ports = ListeningPorts.read();

            assertThat(ports.takers(address("127.0.0.12"), open.getLocalPort())).isEmpty();
            assertThat(ListeningPorts.listener(ports.takers(address("127.0.0.13"), open.getLocalPort())))
                    .isEqualTo(Listener.of(ProcessHandle.current().pid(), "127.0.0.13"));
        }
    }

    private static InetAddress address(String digits) {
        try {
            return InetAddress.getByName(digits);
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }
}
