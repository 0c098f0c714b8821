package io.pgherder.controller.cli.demo;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DemoLastWordsTest {
    @Test
    void whatRunsOnAndBothWaysFromHere() {
        List<String> said = new ArrayList<>();

        new DemoLastWords("Nothing has been changed in the cluster; the agents run on.", said::add).run();

        assertThat(said)
                .containsExactly(
                        "\nNothing has been changed in the cluster; the agents run on.",
                        "To go on, agents and all: pgherder demo. To take it down: pgherder demo down");
    }
}
