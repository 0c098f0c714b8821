package io.pgherder.agent.postgres;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WalReceptionTest {
    private static final String STREAMING = "streaming";

    @Test
    void oneThatHasReceivedWhatIsAppliedStreams() {
        WalReception now = reception(4711, STREAMING, true, true);

        assertThat(now.streamsSince(Optional.empty())).isTrue();
        assertThat(now.isOpen()).isFalse();
    }

    @Test
    void oneThatHasReceivedNothingHasToListenForAMoment() {
        WalReception now = reception(4711, STREAMING, true, false);

        assertThat(now.isOpen()).isTrue();
        assertThat(now.streamsSince(Optional.empty())).isFalse();
        assertThat(now.streamsSince(Optional.of(now))).isTrue();
        assertThat(now.streamsSince(Optional.of(reception(4700, STREAMING, true, false))))
                .as("another one, started anew")
                .isFalse();
    }

    @Test
    void oneWhoseUpstreamHasNotAgreedYetIsToBeLookedAtAgain() {
        WalReception connecting = reception(4711, STREAMING, false, false);
        WalReception now = reception(4711, STREAMING, true, false);

        assertThat(connecting.isOpen()).isTrue();
        assertThat(connecting.streamsSince(Optional.of(connecting))).isFalse();
        assertThat(now.streamsSince(Optional.of(connecting))).isFalse();
    }

    @Test
    void oneThatOnlyWaitsDoesNotStreamHoweverMuchItHasReceived() {
        assertThat(reception(4711, "waiting", false, true)
                        .streamsSince(Optional.of(reception(4711, STREAMING, true, true))))
                .isFalse();
    }

    @Test
    void oneThatWritesItsFirstFileHasBeenServedLikeOneThatListens() {
        WalReception writing = new WalReception(4711, true, false, true, false);

        assertThat(writing.isOpen()).isTrue();
        assertThat(reception(4711, STREAMING, true, false).streamsSince(Optional.of(writing)))
                .isTrue();
        assertThat(reception(4711, STREAMING, false, false).streamsSince(Optional.of(writing)))
                .isFalse();
        assertThat(writing.streamsSince(Optional.of(writing)))
                .as("what it writes may be all that it gets")
                .isFalse();
    }

    private static WalReception reception(long pid, String status, boolean listens, boolean isProven) {
        return WalReception.of(new Row(Map.of(
                "pid",
                Long.toString(pid),
                "status",
                status,
                "listens",
                listens ? "t" : "f",
                "writes",
                "f",
                "is_proven",
                isProven ? "t" : "f")));
    }
}
