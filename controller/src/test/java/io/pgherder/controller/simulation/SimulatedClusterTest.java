package io.pgherder.controller.simulation;

import io.pgherder.controller.observation.InstanceDirectory;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.SessionScope;
import io.pgherder.controller.plan.Condition.Streams;
import io.pgherder.controller.plan.Impact;
import io.pgherder.controller.plan.action.Action;
import io.pgherder.controller.plan.action.CloneStandby;
import io.pgherder.controller.plan.action.Configuration;
import io.pgherder.controller.plan.action.CreateSlot;
import io.pgherder.controller.plan.action.Credentials;
import io.pgherder.controller.plan.action.DropSlot;
import io.pgherder.controller.plan.action.EnsureRole;
import io.pgherder.controller.plan.action.FollowUpstream;
import io.pgherder.controller.plan.action.InitPrimary;
import io.pgherder.controller.plan.action.InstanceAddress;
import io.pgherder.controller.plan.action.ReloadSettings;
import io.pgherder.controller.plan.action.ResetSynchronousCommit;
import io.pgherder.controller.plan.action.RestartInstance;
import io.pgherder.controller.plan.action.RestrictPermissions;
import io.pgherder.controller.plan.action.SetAside;
import io.pgherder.controller.plan.action.StartInstance;
import io.pgherder.controller.plan.action.StopInstance;
import io.pgherder.controller.plan.action.Upstream;
import io.pgherder.controller.plan.action.WriteHba;
import io.pgherder.controller.plan.action.WriteSettings;
import io.pgherder.controller.topology.PostgresSpec.InitdbSpec;
import io.pgherder.controller.topology.Topology;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SimulatedClusterTest {
    private static final NodeName PG1921 = new NodeName("pg1921");
    private static final NodeName PG1922 = new NodeName("pg1922");

    private final Topology t5 = TopologyBuilder.t5();
    private final InstanceAddress primary = InstanceAddress.of(t5, PG1921);
    private final InstanceAddress standby = InstanceAddress.of(t5, PG1922);

    @Test
    void everyActionIsObeyed() {
        Upstream upstream = Upstream.of(t5, PG1921, PG1922);
        Configuration ofPrimary = Configuration.of(t5, PG1921, Optional.empty());
        List<Action> actions = List.of(
                new InitPrimary(primary, InitdbSpec.DEFAULT, ofPrimary),
                new StartInstance(primary, Optional.empty()),
                new EnsureRole(primary, Credentials.of(t5)),
                new ResetSynchronousCommit(primary, List.of(new SessionScope("etl", ""))),
                new WriteSettings(primary, ofPrimary, List.of("work_mem"), List.of()),
                new WriteHba(primary, t5.hba().orElseThrow()),
                new ReloadSettings(primary),
                new CreateSlot(primary, PG1922),
                CloneStandby.of(t5, PG1922, PG1921),
                new StartInstance(standby, Optional.of(PG1921)),
                new FollowUpstream(standby, upstream.withSlot("")),
                new DropSlot(primary, PG1922, new Streams(PG1922, PG1921)),
                new RestrictPermissions(standby, List.of(InstanceDirectory.DATA, InstanceDirectory.WAL)),
                new RestartInstance(standby, Optional.of(PG1921)),
                new StopInstance(standby, Impact.NONE),
                new SetAside(standby));

        SimulatedCluster cluster = new SimulatedCluster(t5);
        actions.forEach(cluster::execute);

        Set<Class<?>> tried = actions.stream().map(Object::getClass).collect(Collectors.toSet());
        assertThat(tried)
                .isEqualTo(Stream.of(Action.class.getPermittedSubclasses()).collect(Collectors.toSet()));
    }

    @Test
    void aStandbyWithoutItsSignalIsNotStartedAsAStandby() {
        SimulatedCluster cluster = new SimulatedCluster(t5);
        cluster.execute(new InitPrimary(primary, InitdbSpec.DEFAULT, Configuration.of(t5, PG1921, Optional.empty())));

        assertThatThrownBy(() -> cluster.execute(new StartInstance(primary, Optional.of(PG1922))))
                .hasMessage("pg1921 would come up in the wrong role");
    }
}
