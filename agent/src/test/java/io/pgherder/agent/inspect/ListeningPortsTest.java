package io.pgherder.agent.inspect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ListeningPortsTest {
    @Test
    void onlyListeningSocketsCountWhateverTheirAddress(@TempDir Path proc) throws IOException {
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

        assertThat(ports.contains(1921)).isTrue();
        assertThat(ports.contains(1922)).isFalse();
        assertThat(ports.contains(1923)).isTrue();
    }

    @Test
    void aHostWithoutIpv6IsReadToo(@TempDir Path proc) throws IOException {
        Files.writeString(proc.resolve("tcp"), "  sl  local_address rem_address   st\n");

        assertThat(ListeningPorts.read(proc).contains(1921)).isFalse();
    }
}
