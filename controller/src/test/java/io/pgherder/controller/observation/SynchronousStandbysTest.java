package io.pgherder.controller.observation;

import io.pgherder.controller.observation.ServerFacts.WalSender;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.sample.Orders;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SynchronousStandbysTest {
    private static final SynchronousStandbys ANY_TWO = SynchronousStandbys.parse("ANY 2 (pg2, pg3, pg4)");

    @Test
    void theSettingIsReadInEachOfItsForms() {
        SynchronousStandbys twoOfThem = new SynchronousStandbys(2, Set.of("pg2", "pg3"));

        assertThat(SynchronousStandbys.parse("ANY 2 (pg2, pg3)")).isEqualTo(twoOfThem);
        assertThat(SynchronousStandbys.parse("first 2 (pg2,pg3)")).isEqualTo(twoOfThem);
        assertThat(SynchronousStandbys.parse(" 2 ( \"PG2\" , pg3 ) ")).isEqualTo(twoOfThem);
        assertThat(SynchronousStandbys.parse("pg2, pg3")).isEqualTo(new SynchronousStandbys(1, Set.of("pg2", "pg3")));
        assertThat(SynchronousStandbys.parse(" ")).isEqualTo(SynchronousStandbys.NONE);
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
