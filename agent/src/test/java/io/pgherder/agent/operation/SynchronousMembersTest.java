package io.pgherder.agent.operation;

import io.pgherder.agent.operation.SynchronousMembers.Connected;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SynchronousMembersTest {
    @Test
    void everyFormOfARuleIsRead() {
        assertThat(SynchronousMembers.parse("ANY 2 (pg1, \"pg-2\", PG3)"))
                .isEqualTo(new SynchronousMembers(2, Set.of("pg1", "pg-2", "pg3")));
        assertThat(SynchronousMembers.parse("first 1 (pg1)")).isEqualTo(new SynchronousMembers(1, Set.of("pg1")));
        assertThat(SynchronousMembers.parse("2 (pg1, pg2)")).isEqualTo(new SynchronousMembers(2, Set.of("pg1", "pg2")));
        assertThat(SynchronousMembers.parse("pg1, pg2")).isEqualTo(new SynchronousMembers(1, Set.of("pg1", "pg2")));
        assertThat(SynchronousMembers.parse("")).isEqualTo(new SynchronousMembers(0, Set.of()));
    }

    @Test
    void whoCatchesUpDoesNotConfirmYetAndWhoIsNotNamedNever() {
        SynchronousMembers members = SynchronousMembers.parse("ANY 1 (pg1, pg2)");
        Connected behind = new Connected("PG1", "catchup", Optional.of(50L << 30));
        Connected other = new Connected("pg9", "streaming", Optional.of(0L));

        assertThat(members.enoughStream(List.of(behind, other))).isFalse();
        assertThat(members.catchingUp(List.of(behind, other))).containsExactly(behind);
        assertThat(members.enoughStream(List.of(behind, new Connected("pg2", "streaming", Optional.of(0L)))))
                .isTrue();
        assertThat(SynchronousMembers.parse("").enoughStream(List.of())).isTrue();
    }

    @Test
    void whoIsConnectedAndConfirmsNothingIsMissing() {
        SynchronousMembers members = SynchronousMembers.parse("ANY 2 (pg1, pg2)");
        List<Connected> connected = List.of(
                new Connected("PG1", "streaming", Optional.of(0L)),
                new Connected("pg2", "streaming", Optional.of(512L)),
                new Connected("pg9", "streaming", Optional.of(0L)));

        assertThat(members.enoughStream(connected)).isTrue();
        assertThat(members.enoughOf(List.of("PG1", "pg9"))).isFalse();
        assertThat(members.missing(connected, List.of("PG1", "pg9"))).containsExactly("pg2");
        assertThat(members.enoughOf(List.of("pg1", "pg2"))).isTrue();
    }

    @Test
    void theDeadConnectionOfAStandbyBesideItsNewOneIsNoSecondStandby() {
        SynchronousMembers both = SynchronousMembers.parse("ANY 2 (pg1, pg2)");
        Connected one = new Connected("pg1", "streaming", Optional.of(0L));

        assertThat(both.enoughStream(List.of(one, new Connected("PG1", "streaming", Optional.of(4096L)))))
                .isFalse();
        assertThat(both.enoughStream(List.of(one, new Connected("pg2", "streaming", Optional.of(0L)))))
                .isTrue();
    }
}
