package io.pgherder.controller.problem;

import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NearMatchTest {
    @Test
    void lettersLeftOutAddedChangedOrSwapped() {
        List<String> known = List.of("follows", "priority", "host");

        assertThat(NearMatch.of("folows", known)).contains("follows");
        assertThat(NearMatch.of("prioritty", known)).contains("priority");
        assertThat(NearMatch.of("hots", known)).contains("host");
        assertThat(NearMatch.of("Host", known)).contains("host");
    }

    @Test
    void wordThatIsTooFarAwayIsNotGuessed() {
        assertThat(NearMatch.of("upstream", List.of("follows", "host"))).isEmpty();
        assertThat(NearMatch.of("", List.of("host"))).isEmpty();
        assertThat(NearMatch.of("host", List.of())).isEmpty();
    }

    @Test
    void twoThatAreEquallyNearAreNoAnswer() {
        assertThat(NearMatch.of("pg9", List.of("pg1", "pg2"))).isEmpty();
        assertThat(NearMatch.question("pg9", List.of("pg1", "pg2"))).isEqualTo("which of them is meant?");
        assertThat(NearMatch.question("pg11", List.of("pg1", "pg2"))).isEqualTo("did you mean \"pg1\"?");
    }
}
