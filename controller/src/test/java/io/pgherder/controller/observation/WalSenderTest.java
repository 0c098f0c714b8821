package io.pgherder.controller.observation;

import io.pgherder.controller.observation.ServerFacts.WalSender;
import io.pgherder.controller.sample.Servers;
import org.junit.jupiter.api.Test;

import static io.pgherder.controller.sample.Orders.PG2;
import static io.pgherder.controller.sample.Orders.PG3;
import static org.assertj.core.api.Assertions.assertThat;

class WalSenderTest {
    @Test
    void anApplicationNameIsANodesHoweverItsLettersAreWritten() {
        assertThat(sender("Pg2", "streaming").isCalled(PG2)).isTrue();
        assertThat(sender("pg2", "streaming").isCalled(PG3)).isFalse();
        assertThat(sender("pg2 ", "streaming").isCalled(PG2)).isFalse();
    }

    @Test
    void whoHasOnlyConnectedOrCopiesFilesDoesNotFollow() {
        assertThat(sender("pg2", "streaming").isFollowed()).isTrue();
        assertThat(sender("pg2", "catchup").isFollowed()).isTrue();
        assertThat(sender("pg2", "startup").isFollowed()).isFalse();
        assertThat(sender("pg2", "backup").isFollowed()).isFalse();
        assertThat(sender("pg2", "stopping").isFollowed()).isFalse();
    }

    private static WalSender sender(String name, String state) {
        return Servers.sender(name, state, "0/5000060", "async");
    }
}
