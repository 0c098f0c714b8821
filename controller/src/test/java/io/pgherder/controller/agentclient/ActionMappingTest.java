package io.pgherder.controller.agentclient;

import io.pgherder.controller.observation.InstanceDirectory;
import io.pgherder.controller.pgvalue.SessionScope;
import io.pgherder.controller.plan.Condition.Stopped;
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
import io.pgherder.controller.sample.Orders;
import io.pgherder.controller.topology.PostgresSpec.InitdbSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.pgherder.controller.sample.Orders.PG1;
import static io.pgherder.controller.sample.Orders.PG2;
import static io.pgherder.controller.sample.Orders.PG4;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

class ActionMappingTest {
    /** One of each verb, every part filled, and some with every part left out that may be. */
    static List<Action> actions() {
        Upstream upstream = Upstream.of(Orders.topology(), PG2, PG4);
        Upstream noSlot =
                new Upstream(PG2, "10.0.1.12", 1922, upstream.credentials(), Optional.empty(), new TreeMap<>());
        Configuration bare = new Configuration(new TreeMap<>(), "", Optional.of(noSlot), Optional.empty());
        return List.of(
                new InitPrimary(
                        Orders.address(PG1), new InitdbSpec("UTF8", "C.UTF-8", true), Orders.configuration(PG1)),
                Orders.clone(PG4, PG1),
                new CloneStandby(Orders.address(PG4), noSlot, bare, Optional.empty(), false),
                new StartInstance(Orders.address(PG1), Optional.empty()),
                new StartInstance(Orders.address(PG4), Optional.of(PG4)),
                new StopInstance(Orders.address(PG4), Impact.NONE),
                new RestartInstance(Orders.address(PG1), Optional.empty()),
                new RestartInstance(Orders.address(PG4), Optional.of(PG4)),
                new ReloadSettings(Orders.address(PG1)),
                new WriteSettings(Orders.address(PG4), Orders.configuration(PG4), List.of(), List.of("work_mem")),
                new WriteHba(Orders.address(PG1), List.of("host all all 10.0.0.0/16 scram-sha-256", "local a b c")),
                new EnsureRole(Orders.address(PG1), Credentials.of(Orders.topology())),
                new CreateSlot(Orders.address(PG1), PG4),
                new DropSlot(Orders.address(PG1), PG4, new Stopped(PG1)),
                new SetAside(Orders.address(PG4)),
                new ResetSynchronousCommit(
                        Orders.address(PG1), List.of(new SessionScope("etl", "scratch"), new SessionScope("", ""))),
                new RestrictPermissions(Orders.address(PG4), List.of(InstanceDirectory.WAL, InstanceDirectory.DATA)),
                new FollowUpstream(Orders.address(PG4), upstream));
    }

    @Test
    void everyVerbIsTried() {
        assertThat(actions().stream().map(Action::getClass).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Action.class.getPermittedSubclasses()).collect(Collectors.toSet()).stream()
                                .map(verb -> verb.asSubclass(Action.class))
                                .toList());
    }

    @ParameterizedTest
    @MethodSource("actions")
    void anActionThatHasBeenOnTheWireIsTheSame(Action action) {
        String host = action.instance().host();

        assertThat(ActionMapping.fromProto(ActionMapping.toProto(action), host)).contains(action);
    }

    @ParameterizedTest
    @MethodSource("actions")
    void anActionThatAnAgentGivesBackWithoutPasswordsHasTheSameFingerprint(Action action) throws Exception {
        byte[] wire = ActionMapping.toProto(action).toByteArray();
        String masked = new String(wire, ISO_8859_1).replace(Orders.PASSWORD, "x".repeat(Orders.PASSWORD.length()));

        Action back = ActionMapping.fromProto(io.pgherder.proto.v1.Action.parseFrom(masked.getBytes(ISO_8859_1)), "db1")
                .orElseThrow();

        assertThat(back.fingerprint()).isEqualTo(action.fingerprint());
    }

    @Test
    void aVerbThatIsNotKnownHereIsNoAction() {
        io.pgherder.proto.v1.Action unknown = ActionMapping.toProto(new ReloadSettings(Orders.address(PG1))).toBuilder()
                .clearVerb()
                .build();

        assertThat(ActionMapping.fromProto(unknown, "db1")).isEmpty();
    }
}
