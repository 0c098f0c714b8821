package io.pgherder.controller.observation;

import io.pgherder.controller.observation.ServerFacts.WalSender;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.sample.Orders;
import io.pgherder.controller.topology.SynchronousRule.Method;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SynchronousStandbysTest {
    private static final SynchronousStandbys ANY_TWO = SynchronousStandbys.parse("ANY 2 (pg2, pg3, pg4)");

    @Test
    void theSettingIsReadInEachOfItsForms() {
        List<String> names = List.of("pg2", "pg3");
        SynchronousStandbys firstTwo = new SynchronousStandbys(Method.FIRST, 2, names);

        assertThat(SynchronousStandbys.parse("ANY 2 (pg2, pg3)"))
                .isEqualTo(new SynchronousStandbys(Method.ANY, 2, names));
        assertThat(SynchronousStandbys.parse("first 2 (pg2,pg3)")).isEqualTo(firstTwo);
        assertThat(SynchronousStandbys.parse(" 2 ( \"PG2\" , pg3 ) ")).isEqualTo(firstTwo);
        assertThat(SynchronousStandbys.parse("pg2, pg3")).isEqualTo(new SynchronousStandbys(Method.FIRST, 1, names));
        assertThat(SynchronousStandbys.parse(" ")).isEqualTo(SynchronousStandbys.NONE);
    }

    @Test
    void theSameStandbysCanBeAskedForInSeveralWays() {
        assertThat(isSame("ANY 1 (pg2, pg3)", "any 1 (pg3, PG2)")).isTrue();
        assertThat(isSame("pg2", "ANY 1 (pg2)")).isTrue();
        assertThat(isSame("FIRST 2 (pg2, pg3)", "ANY 2 (pg3, pg2)")).isTrue();
        assertThat(isSame("FIRST 1 (pg2, pg3)", "FIRST 1 (pg3, pg2)")).isFalse();
        assertThat(isSame("FIRST 1 (pg2, pg3)", "ANY 1 (pg2, pg3)")).isFalse();
        assertThat(isSame("ANY 1 (pg2, pg3)", "ANY 2 (pg2, pg3)")).isFalse();
        assertThat(isSame("ANY 1 (pg2, pg3)", "")).isFalse();
    }

    private static boolean isSame(String one, String other) {
        return SynchronousStandbys.parse(one).isSameAs(SynchronousStandbys.parse(other));
    }

    @Test
    void whoIsNotNamedConfirmsNothing() {
        ServerFacts primary = primary(streaming("pg2"), streaming("pg_receivewal"));

        assertThat(ANY_TWO.confirming(primary)).containsExactly("pg2");
        assertThat(ANY_TWO.enoughConfirm(primary)).isFalse();
        assertThat(SynchronousStandbys.NONE.enoughConfirm(primary)).isTrue();
    }

    @Test
    void whoIsStillCatchingUpConfirmsNothing() {
        ServerFacts primary = primary(streaming("pg2"), sender("pg3", "catchup"));

        assertThat(ANY_TWO.confirming(primary)).containsExactly("pg2");
    }

    @Test
    void namesAreComparedWithoutCaseAndCountedOnce() {
        SynchronousStandbys loud = SynchronousStandbys.parse("ANY 2 (PG2, PG3)");

        assertThat(loud.confirming(primary(streaming("pg2"), streaming("pg2")))).containsExactly("pg2");
    }

    @Test
    void aStarNamesEverybody() {
        SynchronousStandbys anybody = SynchronousStandbys.parse("ANY 1 (*)");

        assertThat(anybody.enoughConfirm(primary(streaming("pg_receivewal")))).isTrue();
    }

    @Test
    void commitsWaitForOneWithoutWhichTooFewConfirm() {
        ServerFacts two = primary(streaming("pg2"), streaming("pg3"));
        ServerFacts three = primary(streaming("pg2"), streaming("pg3"), streaming("pg4"));

        assertThat(ANY_TWO.enoughConfirmWithout("pg3", two)).isFalse();
        assertThat(ANY_TWO.enoughConfirmWithout("pg3", three)).isTrue();
    }

    private static ServerFacts primary(WalSender... senders) {
        return Orders.primary("0/5000060", 0, Optional.empty(), senders);
    }

    private static WalSender streaming(String name) {
        return sender(name, "streaming");
    }

    private static WalSender sender(String name, String state) {
        WalSender like = Orders.sender(new NodeName("pg2"), "0/5000060", "quorum");
        return new WalSender(
                name,
                state,
                like.sent(),
                like.flushed(),
                like.replayed(),
                like.writeLag(),
                like.flushLag(),
                like.replayLag(),
                like.syncState());
    }
}
