package io.pgherder.controller.drift;

import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MeasuredTest {
    @Test
    void amountsAreToldInOneUnitHoweverLargeTheyAre() {
        assertThat(Measured.bytes(1_048_524)).isEqualTo("1.0 MB");
        assertThat(Measured.bytes(3L << 30)).isEqualTo("3072.0 MB");
        assertThat(Measured.seconds(Duration.ofMillis(23_040))).isEqualTo("23.0 s");
        assertThat(Measured.seconds(Duration.ofHours(1))).isEqualTo("3600.0 s");
    }

    @Test
    void withoutItsAmountsATextStaysTheSameWhileTheyMove() {
        assertThat(Measured.masked("slot pg2 keeps 12.3 MB")).isEqualTo("slot pg2 keeps # MB");
        assertThat(Measured.masked("pg2 has 0/5F2A1C8 on timeline 3")).isEqualTo("pg2 has # on timeline 3");
    }
}
