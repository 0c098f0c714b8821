package io.pgherder.controller.observation;

import io.pgherder.controller.observation.ServerFacts.WalSender;
import io.pgherder.controller.pgvalue.Lsn;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.sample.Orders;
import io.pgherder.controller.sample.Servers;
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
    void aNameInQuotesMayHoldAnything() {
        List<String> strange = List.of("a,b", "c\"d", "e f", "2 (", "any", "pg2");
        SynchronousStandbys read =
                SynchronousStandbys.parse("ANY 2(\"a,b\" , \"C\"\"d\",\"E f\",\"2 (\", \"ANY\", Pg2)");

        assertThat(read).isEqualTo(new SynchronousStandbys(Method.ANY, 2, strange));
        assertThat(read.confirmations(primary(streaming("A,B"), streaming("c\"d"), streaming("b")))
                        .confirming())
                .containsExactly("a,b", "c\"d");
        assertThat(read).hasToString("ANY 2 (\"a,b\", \"c\"\"d\", \"e f\", \"2 (\", \"any\", pg2)");
        assertThat(SynchronousStandbys.parse(read.toString())).isEqualTo(read);
    }

    @Test
    void aListMayBeginWithWhatLooksLikeACount() {
        assertThat(SynchronousStandbys.parse("2, anybody"))
                .isEqualTo(new SynchronousStandbys(Method.FIRST, 1, List.of("2", "anybody")));
        assertThat(SynchronousStandbys.parse("\"2 (\", b"))
                .isEqualTo(new SynchronousStandbys(Method.FIRST, 1, List.of("2 (", "b")));
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
        assertThat(isSame("FIRST 1 (*)", "ANY 1 (*)"))
                .as("how many a star stands for nobody knows")
                .isFalse();
    }

    private static boolean isSame(String one, String other) {
        return SynchronousStandbys.parse(one).isSameAs(SynchronousStandbys.parse(other));
    }

    @Test
    void whoIsNotNamedConfirmsNothing() {
        ServerFacts primary = primary(streaming("pg2"), streaming("pg_receivewal"));

        assertThat(ANY_TWO.confirmations(primary).confirming()).containsExactly("pg2");
        assertThat(ANY_TWO.enoughConfirm(primary)).isFalse();
        assertThat(SynchronousStandbys.NONE.enoughConfirm(primary)).isTrue();
    }

    @Test
    void whoIsStillCatchingUpConfirmsNothing() {
        ServerFacts primary = primary(streaming("pg2"), sender("pg3", "catchup"));

        assertThat(ANY_TWO.confirmations(primary).confirming()).containsExactly("pg2");
    }

    @Test
    void namesAreComparedWithoutCaseAndCountedOnce() {
        SynchronousStandbys loud = SynchronousStandbys.parse("ANY 2 (PG2, PG3)");

        assertThat(loud.confirmations(primary(streaming("pg2"), streaming("pg2")))
                        .confirming())
                .containsExactly("pg2");
    }

    @Test
    void aStarNamesEverybody() {
        SynchronousStandbys anybody = SynchronousStandbys.parse("ANY 1 (*)");

        assertThat(anybody.enoughConfirm(primary(streaming("pg_receivewal")))).isTrue();
        assertThat(SynchronousStandbys.parse("\"*\"")
                        .confirmations(primary(streaming("pg2")))
                        .confirming())
                .containsExactly("pg2");
    }

    @Test
    void aCopyThatIsBeingMadeConfirmsNothingWhateverItIsCalled() {
        ServerFacts primary = primary(
                sender("pgherder-clone-pg3", "backup"),
                streaming("pgherder-clone-pg3"),
                sender("pg_basebackup", "backup"),
                streaming("pg_basebackup"),
                streaming("pg2"));

        assertThat(SynchronousStandbys.parse("*").confirmations(primary).confirming())
                .containsExactly("pg2");
    }

    @Test
    void whoDoesNotSayHowFarItHasFlushedConfirmsNothing() {
        ServerFacts primary = primary(sender("pg_receivewal", "streaming", Optional.empty()), streaming("pg2"));

        assertThat(SynchronousStandbys.parse("ANY 2 (*)").confirmations(primary).confirming())
                .containsExactly("pg2");
    }

    @Test
    void commitsWaitForOneWithoutWhichTooFewConfirm() {
        ServerFacts two = primary(streaming("pg2"), streaming("pg3"));
        ServerFacts three = primary(streaming("pg2"), streaming("pg3"), streaming("pg4"));

        assertThat(ANY_TWO.enoughConfirmWithout(Orders.PG3, two)).isFalse();
        assertThat(ANY_TWO.enoughConfirmWithout(Orders.PG3, three)).isTrue();
    }

    private static ServerFacts primary(WalSender... senders) {
        return Servers.primary("0/5000060", 0, Optional.empty(), senders);
    }

    private static WalSender streaming(String name) {
        return sender(name, "streaming");
    }

    private static WalSender sender(String name, String state) {
        return sender(name, state, Optional.of(Lsn.parse("0/5000060")));
    }

    private static WalSender sender(String name, String state, Optional<Lsn> flushed) {
        WalSender like = Servers.sender(new NodeName("pg2"), "0/5000060", "quorum");
        return new WalSender(
                name,
                state,
                like.sent(),
                flushed,
                like.replayed(),
                like.writeLag(),
                like.flushLag(),
                like.replayLag(),
                like.syncState(),
                false,
                Optional.empty());
    }
}
