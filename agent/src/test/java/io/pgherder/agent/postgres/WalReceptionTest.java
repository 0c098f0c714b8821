package io.pgherder.agent.postgres;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WalReceptionTest {
    @Test
    void oneThatHasReceivedSomethingStreams() {
        assertThat(reception(4711, "streaming", true).streamsSince(Optional.empty()))
                .isTrue();
        assertThat(reception(4711, "streaming", true).isOpen()).isFalse();
    }

    @Test
    void oneThatHasReceivedNothingHasToLiveOn() {
        WalReception now = reception(4711, "streaming", false);

        assertThat(now.isOpen()).isTrue();
        assertThat(now.streamsSince(Optional.empty())).isFalse();
        assertThat(now.streamsSince(Optional.of(reception(4711, "streaming", false))))
                .isTrue();
        assertThat(now.streamsSince(Optional.of(reception(4700, "streaming", false))))
                .as("another one, started anew")
                .isFalse();
    }

    @Test
    void oneThatOnlyWaitsDoesNotStreamHoweverMuchItHasReceived() {
        assertThat(reception(4711, "waiting", true).streamsSince(Optional.of(reception(4711, "streaming", true))))
                .isFalse();
    }

    private static WalReception reception(long pid, String status, boolean isProven) {
        return WalReception.of(
                new Row(Map.of("pid", Long.toString(pid), "status", status, "is_proven", isProven ? "t" : "f")));
    }
}
