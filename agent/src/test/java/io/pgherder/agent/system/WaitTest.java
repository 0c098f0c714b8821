package io.pgherder.agent.system;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WaitTest {
    private static final Duration STANDSTILL = Duration.ofMillis(20);

    @Test
    void whatComesForwardIsWaitedForLongerThanAStandstill() {
        AtomicInteger position = new AtomicInteger();

        assertThat(Wait.untilOrStill(
                        STANDSTILL,
                        Cancellation.never(),
                        () -> position.get() == 5,
                        () -> Optional.of(position.incrementAndGet())))
                .isTrue();
    }

    @Test
    void whatOnlyGoesToAndFroStandsStill() {
        Iterator<Integer> positions =
                List.of(7, 3, 7, 3, 7, 3, 7, 3, 7, 3, 7, 3).iterator();

        assertThat(Wait.untilOrStill(
                        STANDSTILL, Cancellation.never(), () -> false, () -> Optional.of(positions.next())))
                .isFalse();
    }

    @Test
    void whatDoesNotSayWhereItIsStandsStill() {
        assertThat(Wait.untilOrStill(STANDSTILL, Cancellation.never(), () -> false, Optional::<Integer>empty))
                .isFalse();
    }

    @Test
    void whoeverAsksForTheEndEndsTheWait() {
        Cancellation cancellation = new Cancellation();
        cancellation.request();

        assertThatThrownBy(() -> Wait.until(Duration.ofMinutes(1), cancellation, () -> false))
                .isInstanceOf(Cancellation.Cancelled.class);
    }
}
