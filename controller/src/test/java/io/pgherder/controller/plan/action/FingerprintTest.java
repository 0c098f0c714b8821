package io.pgherder.controller.plan.action;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.simulation.TopologyBuilder;
import io.pgherder.controller.topology.Secret;
import io.pgherder.controller.topology.Topology;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FingerprintTest {
    private static final NodeName PG1921 = new NodeName("pg1921");
    private static final NodeName PG1922 = new NodeName("pg1922");
    private static final NodeName PG1925 = new NodeName("pg1925");

    private final Topology t5 = TopologyBuilder.t5();

    @Test
    void equalActionsHaveTheSameOneAndAnotherSourceGivesAnother() {
        String clone = CloneStandby.of(t5, PG1925, PG1921).fingerprint();

        assertThat(CloneStandby.of(TopologyBuilder.t5(), PG1925, PG1921).fingerprint())
                .isEqualTo(clone);
        assertThat(CloneStandby.of(t5, PG1925, PG1922).fingerprint()).isNotEqualTo(clone);
    }

    @Test
    void thePasswordIsNoPartOfIt() {
        InstanceAddress primary = InstanceAddress.of(t5, PG1921);

        assertThat(new EnsureRole(primary, new Credentials("rep", new Secret("one"))).fingerprint())
                .isEqualTo(new EnsureRole(primary, new Credentials("rep", new Secret("two"))).fingerprint());
    }
}
