package io.pgherder.controller.observation;

import io.pgherder.controller.observation.ServerFacts.WalSender;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.sample.Servers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static io.pgherder.controller.sample.Orders.PG2;
import static io.pgherder.controller.sample.Orders.PG3;
import static io.pgherder.controller.sample.Orders.PG4;
import static org.assertj.core.api.Assertions.assertThat;

/** Where some answer and some do not. */
class ConfirmationsTest {
    private static final Duration SPAN = Duration.ofSeconds(23);

    @Test
    void whoIsConnectedAndSilentConfirmsNothing() {
        SynchronousStandbys two = SynchronousStandbys.parse("ANY 2 (pg2, pg3, pg4)");
        ServerFacts primary = primary(silent(PG2), answering(PG3), answering(PG4));

        assertThat(two.confirmations(primary).confirming()).containsExactly("pg3", "pg4");
        assertThat(two.confirmations(primary).silent()).containsExactly(Map.entry("pg2", silent(PG2)));
        assertThat(two.enoughConfirm(primary)).isTrue();
        assertThat(two.enoughConfirmWithout(PG2, primary)).isTrue();
        assertThat(two.enoughConfirmWithout(PG3, primary)).isFalse();
        assertThat(enough("ANY 2 (pg2, pg3, pg4)", silent(PG2), answering(PG3))).contains(false);
    }

    @Test
    void whoHasConnectedAnewBesideItsDeadConnectionIsNotSilent() {
        SynchronousStandbys two = SynchronousStandbys.parse("ANY 2 (pg2, pg3)");
        ServerFacts back = primary(silent(PG2), answering(PG2), answering(PG3));
        ServerFacts catchesUp =
                primary(silent(PG2), Servers.sender("pg2", "catchup", "0/5000000", "async"), answering(PG3));

        assertThat(two.confirmations(back).confirming()).containsExactly("pg2", "pg3");
        assertThat(two.confirmations(back).silent()).isEmpty();
        assertThat(two.confirmations(back).areEnough()).contains(true);
        assertThat(two.confirmations(catchesUp).confirming()).containsExactly("pg3");
        assertThat(two.confirmations(catchesUp).silent()).isEmpty();
    }

    @Test
    void ofTwoDeadConnectionsTheOneThatAnsweredLastCounts() {
        WalSender older = Servers.silent(PG2, "0/5000000", SPAN.plusSeconds(60));

        assertThat(SynchronousStandbys.parse("pg2")
                        .confirmations(primary(older, silent(PG2)))
                        .silent())
                .containsExactly(Map.entry("pg2", silent(PG2)));
    }

    /** PostgreSQL chooses by who is connected, not by who answers. */
    @Test
    void commitsWaitForASilentOneThatFirstHasChosen() {
        SynchronousStandbys first = SynchronousStandbys.parse("FIRST 1 (pg2, pg3, pg4)");
        ServerFacts primary = primary(silent(PG2), answering(PG3), answering(PG4));
        Confirmations chosen = first.confirmations(primary);

        assertThat(chosen.confirming()).containsExactly("pg3", "pg4");
        assertThat(chosen.chosenSilent()).containsExactly("pg2");
        assertThat(chosen.available()).isZero();
        assertThat(chosen.waitForTheChosen()).isTrue();
        assertThat(chosen.areEnough()).contains(false);
        assertThat(first.enoughConfirmWithout(PG2, primary)).isTrue();
        assertThat(enough("FIRST 1 (pg2, pg3)", answering(PG2), silent(PG3))).contains(true);
        assertThat(enough("ANY 1 (pg2, pg3)", silent(PG2), answering(PG3))).contains(true);
    }

    @Test
    void whereTooFewAnswerItIsNotForTheChoice() {
        Confirmations one = SynchronousStandbys.parse("FIRST 2 (pg2, pg3, pg4)")
                .confirmations(primary(silent(PG2), answering(PG3)));

        assertThat(one.available()).isEqualTo(1);
        assertThat(one.areEnough()).contains(false);
        assertThat(one.waitForTheChosen()).isFalse();
    }

    /** By where they have come to lie in the primary's memory, which it does not show. */
    @Test
    void whomFirstHasChosenOfThoseBelowAStarNobodyKnows() {
        Confirmations oneOfTwo = confirmations("FIRST 1 (*)", silent(PG2), answering(PG3));

        assertThat(oneOfTwo.areEnough()).isEmpty();
        assertThat(oneOfTwo.chosenSilent()).isEmpty();
        assertThat(oneOfTwo.perhapsChosenSilent()).containsExactly("pg2");
        assertThat(SynchronousStandbys.parse("*").enoughConfirm(primary(silent(PG2), answering(PG3))))
                .as("seen to go on")
                .isFalse();
        assertThat(enough("FIRST 1 (*)", answering(PG2), answering(PG3))).contains(true);
        assertThat(enough("FIRST 2 (*)", silent(PG2), answering(PG3), answering(PG4)))
                .isEmpty();
        assertThat(enough("FIRST 2 (*)", silent(PG2), silent(PG3), answering(PG4)))
                .as("at least one of the two is silent")
                .contains(false);
        assertThat(enough("ANY 1 (*)", silent(PG2), answering(PG3))).contains(true);
    }

    @Test
    void aNameBeforeAStarIsChosenFirstAndOneAfterItNoSooner() {
        assertThat(enough("FIRST 1 (pg3, *)", silent(PG2), answering(PG3))).contains(true);
        assertThat(enough("FIRST 1 (pg2, *)", silent(PG2), answering(PG3))).contains(false);
        assertThat(enough("FIRST 1 (*, pg2)", silent(PG2), answering(PG3))).isEmpty();
        assertThat(enough("FIRST 1 (*, pg3)", silent(PG2), answering(PG3))).isEmpty();
        assertThat(enough("FIRST 2 (pg3, *)", silent(PG2), answering(PG3), answering(PG4)))
                .isEmpty();
    }

    @Test
    void firstMayHoldOnToADeadConnectionOfOneThatIsBack() {
        Confirmations one = confirmations("FIRST 1 (pg2, pg3)", silent(PG2), answering(PG2), answering(PG3));
        Confirmations two = confirmations("FIRST 2 (pg2, pg3)", silent(PG2), answering(PG2), answering(PG3));

        assertThat(one.areEnough()).isEmpty();
        assertThat(one.perhapsChosenSilent()).containsExactly("pg2");
        assertThat(two.areEnough())
                .as("both connections of pg2 come before pg3")
                .contains(false);
        assertThat(two.chosenSilent()).containsExactly("pg2");
        assertThat(two.available()).isEqualTo(1);
    }

    private static Optional<Boolean> enough(String setting, WalSender... senders) {
        return confirmations(setting, senders).areEnough();
    }

    private static Confirmations confirmations(String setting, WalSender... senders) {
        return SynchronousStandbys.parse(setting).confirmations(primary(senders));
    }

    private static WalSender silent(NodeName standby) {
        return Servers.silent(standby, "0/5000000", SPAN);
    }

    private static WalSender answering(NodeName standby) {
        return Servers.sender(standby, "0/5000060", "quorum");
    }

    private static ServerFacts primary(WalSender... senders) {
        return Servers.primary("0/5000060", 0, Optional.empty(), senders);
    }
}
