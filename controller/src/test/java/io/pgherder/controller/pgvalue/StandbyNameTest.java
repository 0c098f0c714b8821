package io.pgherder.controller.pgvalue;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StandbyNameTest {
    @Test
    void theWordsOfTheMethodAndWhatIsNoPlainWordStandInQuotes() {
        assertThat(StandbyName.quoted("pg1922")).isEqualTo("pg1922");
        assertThat(StandbyName.quoted("any")).isEqualTo("\"any\"");
        assertThat(StandbyName.quoted("first")).isEqualTo("\"first\"");
        assertThat(StandbyName.quoted("first1")).isEqualTo("first1");
        assertThat(StandbyName.quoted("all")).isEqualTo("all");
        assertThat(StandbyName.quoted("pg-1\"")).isEqualTo("\"pg-1\"\"\"");
        assertThat(StandbyName.quoted("*")).isEqualTo("*");
    }
}
