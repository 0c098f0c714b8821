package io.pgherder.controller.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.pgherder.controller.sample.Orders;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Whether a plan says that reality is as the file says, where not all of it can be seen. */
class PlanMatchesTest {
    private final SimulatedAgents agents = new SimulatedAgents();
    private final Prompt prompt;

    PlanMatchesTest(@TempDir Path directory) {
        prompt = Prompt.in(directory, agents);
        assertThat(prompt.run("apply", prompt.orders(), "--yes")).isZero();
        agents.silence("db2");
    }

    @Test
    void nobodyKnowsWhileNothingElseDiffers() {
        assertThat(matches().isJsonNull()).isTrue();
    }

    @Test
    void itIsKnownNotToOnceSomethingElseDiffers() {
        agents.stop(Orders.PG1);

        assertThat(matches().getAsBoolean()).isFalse();
    }

    private JsonElement matches() {
        prompt.clear();
        assertThat(prompt.run("plan", prompt.orders(), "-o", "json")).isEqualTo(4);
        return JsonParser.parseString(prompt.out()).getAsJsonObject().get("matches");
    }
}
