package io.pgherder.controller.cli.demo;

import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemsException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DemoInstancesTest {
    @Test
    void anInstanceThatDoesNotStopIsNoDefectAndDoesNotKeepTheOthersFromStopping() {
        ProblemsException why = new ProblemsException(
                Problem.of(DemoProblem.DOES_NOT_STOP, "the instance in /data/pg1923 does not stop"));
        CompletableFuture<Void> other = new CompletableFuture<>();
        CompletableFuture<Void> stuck = CompletableFuture.runAsync(() -> {
            other.complete(null);
            throw why;
        });

        assertThatThrownBy(() -> DemoInstances.awaitAll(List.of(stuck, other))).isSameAs(why);
        assertThat(other).isCompleted();
    }
}
