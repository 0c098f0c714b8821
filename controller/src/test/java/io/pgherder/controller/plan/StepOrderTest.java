package io.pgherder.controller.plan;

import io.pgherder.controller.observation.ClusterObservation;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Condition.Running;
import io.pgherder.controller.plan.Condition.SettingsWritten;
import io.pgherder.controller.plan.StepOrder.Ordered;
import io.pgherder.controller.plan.action.Configuration;
import io.pgherder.controller.plan.action.RestartInstance;
import io.pgherder.controller.plan.action.WriteSettings;
import io.pgherder.controller.sample.Orders;
import io.pgherder.controller.simulation.TopologyBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

import static io.pgherder.controller.sample.Orders.PG1;
import static io.pgherder.controller.sample.Orders.PG2;
import static io.pgherder.controller.sample.Orders.PG3;
import static org.assertj.core.api.Assertions.assertThat;

class StepOrderTest {
    private static final Reason WHY = Reason.of("the test wants it");

    private final ProposedStep restart =
            ProposedStep.of(new RestartInstance(Orders.address(PG1), Optional.empty()), WHY);
    private final ProposedStep writeFirst = write(Orders.configuration(PG1), PG1);
    private final ProposedStep write = write(Orders.configuration(PG2), PG2);

    @Test
    void whatIsPreferredComesFirst() {
        assertThat(order(write.preferring(Set.of(new Running(PG1))), writeFirst, restart))
                .containsExactly(
                        "pg1 write settings: work_mem []", "pg1 restart [1]", "pg2 write settings: work_mem [2]");
    }

    @Test
    void aPreferenceYieldsToANeed() {
        assertThat(order(
                        write.preferring(Set.of(new Running(PG1))),
                        writeFirst,
                        restart.alsoNeeding(new SettingsWritten(PG2))))
                .containsExactly(
                        "pg2 write settings: work_mem []", "pg1 write settings: work_mem []", "pg1 restart [1, 2]");
    }

    @Test
    void ofTwoPreferencesThatExcludeEachOtherTheFirstHolds() {
        assertThat(order(
                        write.preferring(Set.of(new Running(PG1))),
                        writeFirst.preferring(Set.of(new SettingsWritten(PG2))),
                        restart))
                .containsExactly(
                        "pg1 write settings: work_mem []", "pg1 restart [1]", "pg2 write settings: work_mem [2]");
    }

    @Test
    void whatNobodyMakesIsNotWaitedFor() {
        assertThat(order(write.preferring(Set.of(new Running(PG3)))))
                .containsExactly("pg2 write settings: work_mem []");
    }

    private static ProposedStep write(Configuration configuration, NodeName node) {
        return ProposedStep.of(
                new WriteSettings(Orders.address(node), configuration, List.of("work_mem"), List.of()), WHY);
    }

    private static List<String> order(ProposedStep... proposed) {
        Situation stopped = new Situation(
                TopologyBuilder.withoutHba(Orders.topology()),
                new ClusterObservation(
                        Orders.allAnswered(), List.of(Orders.stopped(PG1), Orders.stopped(PG2), Orders.stopped(PG3))));
        Ordered ordered = StepOrder.of(List.of(proposed), stopped, Map.of());
        assertThat(ordered.problems()).isEmpty();
        return ordered.steps().stream()
                .map(step -> step.action().node() + " " + step.action().words() + " " + step.after())
                .toList();
    }
}
