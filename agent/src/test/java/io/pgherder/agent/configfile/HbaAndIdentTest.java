package io.pgherder.agent.configfile;

import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class HbaAndIdentTest {
    @Test
    void agentsOwnRuleComesBeforeTheDeclaredOnes() {
        assertThat(HbaFile.render("postgres", "postgres", List.of("host replication rep 10.0.0.0/16 scram-sha-256")))
                .isEqualTo("""
                        # managed by pgherder; edits here are overwritten
                        # The agent's own way in.
                        local all postgres peer
                        host replication rep 10.0.0.0/16 scram-sha-256
                        """);
    }

    @Test
    void accountWithAnotherNameComesInThroughTheMap() {
        assertThat(HbaFile.ownRule("postgres", "alice")).isEqualTo("local all postgres peer map=pgherder");
        assertThat(IdentFile.withMapping("postgres", "alice", "# mine\nother a b\npgherder bob postgres\n"))
                .isEqualTo("# mine\nother a b\npgherder alice postgres\n");
    }

    @Test
    void accountThatIsTheSuperuserNeedsNoMap() {
        assertThat(IdentFile.withMapping("postgres", "postgres", "# mine\n")).isEqualTo("# mine\n");
    }

    @Test
    void mappingIsAddedOnce() {
        String once = IdentFile.withMapping("postgres", "alice", "");

        assertThat(IdentFile.withMapping("postgres", "alice", once)).isEqualTo(once);
    }

    @Test
    void namesThatMeanSomethingElseInThisFileAreQuoted() {
        assertThat(HbaFile.ownRule("all", "all")).isEqualTo("local all \"all\" peer");
        assertThat(HbaFile.ownRule("DB Admin", "DB Admin")).isEqualTo("local all \"DB Admin\" peer");
    }

    @Test
    void usersOwnFileGetsTheRuleInFrontOnce() {
        String users = "# mine\nlocal all all md5\n";

        String withRule = HbaFile.withOwnRuleFirst("postgres", "postgres", users);

        assertThat(HbaFile.rules(withRule)).containsExactly("local all postgres peer", "local all all md5");
        assertThat(HbaFile.withOwnRuleFirst("postgres", "postgres", withRule)).isEqualTo(withRule);
    }
}
