package io.pgherder.controller.drift;

import io.pgherder.controller.observation.ClusterObservation;
import io.pgherder.controller.observation.NodeObservation;
import io.pgherder.controller.observation.ServerFacts.WalSender;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.sample.Orders;
import io.pgherder.controller.sample.Servers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static io.pgherder.controller.sample.Orders.PG1;
import static io.pgherder.controller.sample.Orders.PG2;
import static io.pgherder.controller.sample.Orders.PG3;
import static io.pgherder.controller.sample.Orders.PG4;
import static org.assertj.core.api.Assertions.assertThat;

/** Members of the synchronous group whose connection is dead, beside another one or alone. */
class MembersConfirmTest {
    private static final WalSender DEAD = Servers.silent(PG2, "0/5F2A0C8", Duration.ofSeconds(23));

    @Test
    void whoIsSilentIsToldWithTheAgeOfItsLastAnswer() {
        assertThat(notConfirming(DEAD, answering(PG3)))
                .containsExactly(
                        "synchronous.of: declared confirms commits of pg1, observed streams, and does not confirm"
                                + " what it was sent; its last answer is 23.0 s old by its own clock; to do: no step helps: look on"
                                + " db2 whether a process of pg2 is stopped, its disk is slow or hangs, or the network to it is"
                                + " dead");
    }

    @Test
    void whoSaysOnlyWhereItIsAskedIsToldWithTheSettingThatHasItSo() {
        NodeObservation quiet = Orders.running(PG2, Servers.sayingNothing(Servers.standby("0/5F2A0C8", PG1)));
        String cause =
                "; with wal_receiver_status_interval = 0 it says how far it is only where it is asked; that stands in"
                        + " /data01/pg/pg_root1921/pgherder.conf:3; to do: take it away there, and reload; or declare it under settings,"
                        + " as 10s";

        assertThat(notConfirming(quiet, DEAD, answering(PG3)))
                .containsExactly("synchronous.of: declared confirms commits of pg1, observed streams, and does not"
                        + " confirm what it was sent; its last answer is 23.0 s old by its own clock" + cause);
        assertThat(notConfirming(quiet, catchingUp("0/3F2A1C8"), answering(PG3)))
                .containsExactly("synchronous.of: declared confirms commits of pg1, observed pg1 sees it in state"
                        + " \"catchup\", 32.0 MB behind" + cause);
    }

    @Test
    void whoIsBackBesideItsDeadConnectionConfirms() {
        assertThat(notConfirming(DEAD, answering(PG2), answering(PG3))).isEmpty();
    }

    @Test
    void whoCatchesUpBesideItsDeadConnectionIsNotToldAsSilent() {
        assertThat(notConfirming(DEAD, catchingUp("0/3F2A1C8"), answering(PG3)))
                .containsExactly("synchronous.of: declared confirms commits of pg1, observed pg1 sees it in state"
                        + " \"catchup\", 32.0 MB behind; to do: is it catching up? then look again; else its log says what"
                        + " holds it up");
    }

    @Test
    void whoCatchesUpWithLessThanOneFileOfWalIsAboutToConfirm() {
        assertThat(notConfirming(catchingUp("0/5F2A0C8"), answering(PG3))).isEmpty();
        assertThat(notConfirming(catchingUp("0/4F2A1C9"), answering(PG3))).isEmpty();
        assertThat(notConfirming(catchingUp("0/4F2A1C8"), answering(PG3)))
                .as("one file is too much")
                .hasSize(1);
    }

    @Test
    void whoCannotBeAskedIsJudgedByWhatThePrimarySays() {
        assertThat(notConfirming(Orders.unasked(PG2), answering(PG2), answering(PG3)))
                .isEmpty();
        assertThat(notConfirming(Orders.unasked(PG2), answering(PG3)))
                .containsExactly(
                        "synchronous.of: declared confirms commits of pg1, observed pg1 has no connection of that name; to do: mend"
                                + " what keeps the agent on db2 from seeing pg2, and look again");
        assertThat(notConfirming(Orders.stopped(PG2), answering(PG3)))
                .as("told already")
                .isEmpty();
    }

    private static List<String> notConfirming(WalSender... senders) {
        return notConfirming(Orders.running(PG2, Servers.standby("0/5F2A0C8", PG1)), senders);
    }

    private static List<String> notConfirming(NodeObservation pg2, WalSender... senders) {
        ClusterObservation seen = new ClusterObservation(
                Orders.allAnswered(),
                List.of(
                        Orders.running(PG1, Servers.primary("0/5F2A1C8", 0, Optional.empty(), senders)),
                        pg2,
                        Orders.running(PG3, Servers.standby("0/5F2A1C8", PG1)),
                        Orders.empty(PG4)));
        return ClusterDrift.of(Orders.topology(), seen).differences().stream()
                .filter(difference -> difference.kind() == DriftKind.MEMBER_NOT_CONFIRMING)
                .map(Difference::inOneLine)
                .toList();
    }

    private static WalSender catchingUp(String flushed) {
        return Servers.sender("pg2", "catchup", flushed, "potential");
    }

    private static WalSender answering(NodeName standby) {
        return Servers.sender(standby, "0/5F2A1C8", "quorum");
    }
}
