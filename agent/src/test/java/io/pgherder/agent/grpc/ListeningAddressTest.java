package io.pgherder.agent.grpc;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class ListeningAddressTest {
    @Test
    void digitsAreAnAddressAndAllElseIsEveryAddress() throws Exception {
        assertThat(ListeningAddress.parse("10.0.1.11")).isEqualTo(InetAddress.getByName("10.0.1.11"));
        assertThat(ListeningAddress.parse("fd00::11")).isEqualTo(InetAddress.getByName("fd00::11"));
        for (String text : new String[] {"", "*", "localhost", "10.0.1.11,10.0.2.11", "no-such-host.invalid"}) {
            assertThat(ListeningAddress.parse(text).isAnyLocalAddress())
                    .as(text)
                    .isTrue();
        }
    }
}
