package io.pgherder.controller.pgvalue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LsnTest {
    private static final Lsn LAST_OF_THE_LOWER_HALF = Lsn.parse("7FFFFFFF/FFFFFFFF");
    private static final Lsn FIRST_OF_THE_UPPER_HALF = Lsn.parse("80000000/0");

    @ParameterizedTest
    @ValueSource(strings = {"0/0", "0/5F2A1C8", "1/0", "16/B374D848", "80000000/0", "FFFFFFFF/FFFFFFFF"})
    void isWrittenAsItIsRead(String text) {
        assertThat(Lsn.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "/", "0/", "/0", "0/G", "-1/0", "0/123456789", " 0/0", "0/0/0"})
    void whatIsNoPosition(String text) {
        assertThatThrownBy(() -> Lsn.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a WAL position: \"" + text + "\"");
    }

    @Test
    void positionsHaveNoSign() {
        assertThat(FIRST_OF_THE_UPPER_HALF).isGreaterThan(LAST_OF_THE_LOWER_HALF);
        assertThat(Lsn.max(FIRST_OF_THE_UPPER_HALF, LAST_OF_THE_LOWER_HALF)).isEqualTo(FIRST_OF_THE_UPPER_HALF);
        assertThat(FIRST_OF_THE_UPPER_HALF.bytesAheadOf(LAST_OF_THE_LOWER_HALF)).isEqualTo(1);
        assertThat(LAST_OF_THE_LOWER_HALF.bytesAheadOf(FIRST_OF_THE_UPPER_HALF)).isEqualTo(-1);
    }

    @Test
    void zeroAndNothingAreNoKnownPosition() {
        assertThat(Lsn.parseOptional("")).isEmpty();
        assertThat(Lsn.parseOptional("0/0")).isEmpty();
        assertThat(Lsn.parseOptional("0/1")).contains(new Lsn(1));
    }
}
