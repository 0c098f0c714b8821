package io.pgherder.agent.inspect;

import io.pgherder.agent.postgres.Row;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SilentStandbysTest {
    @Test
    void whereNobodyIsSuspectedNobodyIsAskedAgain() {
        SilentStandbys silent =
                SilentStandbys.among(List.of(sender("7", "12:00:00.1", "20", false)), SilentStandbysTest::askedAgain);

        assertThat(silent).isEqualTo(SilentStandbys.NONE);
        assertThat(silent.since(sender("7", "12:00:00.1", "20", false))).isEmpty();
    }

    @Test
    void whoSaysNothingUntilItsLastChanceIsSilentForAsLongAsByThen() {
        Row first = sender("7", "12:00:00.1", "15100", true);
        Row last = sender("7", "12:00:00.1", "16100", true);

        SilentStandbys silent = SilentStandbys.among(List.of(first), () -> List.of(last));

        assertThat(silent.since(first)).contains(16_100L);
    }

    /** As of a standby whose clock is behind, or which reports once an hour. */
    @Test
    void whoAnswersIsNotSilentHoweverOldItsAnswersLook() {
        Row first = sender("7", "12:00:00.1", "20000", true);
        Row answered = sender("7", "12:00:00.2", "20000", true);

        assertThat(SilentStandbys.among(List.of(first), () -> List.of(answered)))
                .isEqualTo(SilentStandbys.NONE);
    }

    @Test
    void whoHasGoneOrConnectedAnewIsNotSilent() {
        Row first = sender("7", "12:00:00.1", "20000", true);
        Row another = sender("8", "12:00:00.1", "20000", true);

        assertThat(SilentStandbys.among(List.of(first), () -> List.of(another))).isEqualTo(SilentStandbys.NONE);
    }

    private static List<Row> askedAgain() {
        throw new AssertionError("asked again");
    }

    private static Row sender(String pid, String replyTime, String ageMillis, boolean suspect) {
        return new Row(Map.of(
                "pid", pid, "reply_time", replyTime, "reply_age_ms", ageMillis, "is_suspect", suspect ? "t" : "f"));
    }
}
