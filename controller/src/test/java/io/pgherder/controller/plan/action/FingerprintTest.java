package io.pgherder.controller.plan.action;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.simulation.TopologyBuilder;
import io.pgherder.controller.topology.Secret;
import io.pgherder.controller.topology.Topology;
import java.util.List;
import java.util.Optional;
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

    /** An agent masks it in what it tells of a running one. */
    @Test
    void anActionIsKnownAgainWhosePasswordsInSettingsWereMasked() {
        String written = write("archive_command", "push --password=s3cret %p");

        assertThat(write("archive_command", "push --password=**** %p")).isEqualTo(written);
        assertThat(write("archive_command", "push %p")).isNotEqualTo(written);
        assertThat(write("archive_command", "push https://u:****@h/ %p"))
                .isEqualTo(write("archive_command", "push https://u:s3cret@h/ %p"));
        assertThat(write("work_mem", "8MB")).isNotEqualTo(write("work_mem", "9MB"));
    }

    private String write(String setting, String value) {
        Topology with =
                new TopologyBuilder().primary("pg1").setting(setting, value).build();
        NodeName node = new NodeName("pg1");
        Configuration configuration = Configuration.of(with, node, Optional.empty());
        InstanceAddress address = InstanceAddress.of(with, node);
        String fingerprint = new WriteSettings(address, configuration, List.of(), List.of()).fingerprint();
        return fingerprint + "\n" + configuration.essence();
    }

    @Test
    void thePasswordIsNoPartOfIt() {
        InstanceAddress primary = InstanceAddress.of(t5, PG1921);

        assertThat(new EnsureRole(primary, new Credentials("rep", new Secret("one"))).fingerprint())
                .isEqualTo(new EnsureRole(primary, new Credentials("rep", new Secret("two"))).fingerprint());
    }
}
