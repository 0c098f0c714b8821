package io.pgherder.controller.plan;

import io.pgherder.controller.observation.ClusterObservation;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.sample.Orders;
import io.pgherder.controller.sample.Servers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static io.pgherder.controller.sample.Orders.PG1;
import static io.pgherder.controller.sample.Orders.PG2;
import static io.pgherder.controller.sample.Orders.PG3;
import static io.pgherder.controller.sample.Orders.PG4;
import static org.assertj.core.api.Assertions.assertThat;

class CommitsGoOnTest {
    @Test
    void commitsWaitForTheLastOneThatConfirms() {
        Situation onlyPg2 = situation(
                Servers.primaryCommitting("on", "ANY 1 (pg2, pg3)", Servers.sender(PG2, "0/5F2A1C8", "quorum")));

        assertThat(CommitsGoOn.without(onlyPg2, PG2)).isFalse();
        assertThat(CommitsGoOn.without(onlyPg2, PG4)).as("is not in the group").isTrue();
    }

    @Test
    void whereTheyWaitForNobodyEveryoneMayLeave() {
        Situation forNobody = situation(
                Servers.primaryCommitting("local", "ANY 1 (pg2, pg3)", Servers.sender(PG2, "0/5F2A1C8", "quorum")));

        assertThat(CommitsGoOn.without(forNobody, PG2)).isTrue();
    }

    @Test
    void aGroupThatIsOnlyDeclaredMayBeInForceByThen() {
        Situation declared = situation(Servers.primaryCommitting("on", "", Servers.sender(PG2, "0/5F2A1C8", "async")));

        assertThat(CommitsGoOn.without(declared, PG2)).isFalse();
    }

    @Test
    void whatAPrimaryThatIsNotSeenWaitsForIsNotKnown() {
        Situation unseen = situation(Optional.empty());

        assertThat(CommitsGoOn.without(unseen, PG2)).isFalse();
    }

    private static Situation situation(ServerFacts primary) {
        return situation(Optional.of(primary));
    }

    private static Situation situation(Optional<ServerFacts> primary) {
        return new Situation(
                Orders.topology(),
                new ClusterObservation(
                        Orders.allAnswered(),
                        List.of(
                                primary.map(server -> Orders.running(PG1, server))
                                        .orElse(Orders.stopped(PG1)),
                                Orders.running(PG2, Servers.standby("0/5F2A1C8", PG1)),
                                Orders.stopped(PG3),
                                Orders.empty(PG4))));
    }
}
