package io.pgherder.agent.operation;

import io.pgherder.agent.operation.SynchronousMembers.Connected;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BacklogsTest {
    private final Backlogs backlogs = new Backlogs();

    @Test
    void lessThanEverBeforeIsProgress() {
        assertThat(backlogs.timesLess(List.of(lacks("pg2", 300)))).isEqualTo(1);
        assertThat(backlogs.timesLess(List.of(lacks("pg2", 200)))).isEqualTo(2);
        assertThat(backlogs.timesLess(List.of(lacks("pg2", 250)))).isEqualTo(2);
        assertThat(backlogs.timesLess(List.of(lacks("pg2", 200)))).isEqualTo(2);
        assertThat(backlogs.timesLess(List.of(lacks("pg2", 199)))).isEqualTo(3);
    }

    @Test
    void oneThatHasFarToGoComesForwardAfterOneThatHadNot() {
        backlogs.timesLess(List.of(lacks("pg2", 1), lacks("pg3", 9000)));

        assertThat(backlogs.timesLess(List.of(lacks("pg3", 8000)))).isEqualTo(2);
    }

    @Test
    void oneThatHasSaidNothingYetIsNoNews() {
        assertThat(backlogs.timesLess(List.of(new Connected("pg2", "catchup", Optional.empty()))))
                .isZero();
        assertThat(backlogs.timesLess(List.of(lacks("pg2", 300)))).isEqualTo(1);
    }

    private static Connected lacks(String name, long bytes) {
        return new Connected(name, "catchup", Optional.of(bytes));
    }
}
