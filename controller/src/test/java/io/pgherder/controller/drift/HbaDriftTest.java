package io.pgherder.controller.drift;

import io.pgherder.controller.observation.FileErrors;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.InstanceState.ConfigFile;
import io.pgherder.controller.observation.InstanceState.ProcessState;
import io.pgherder.controller.observation.PasswordMatch;
import io.pgherder.controller.simulation.TopologyBuilder;
import io.pgherder.controller.topology.Topology;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HbaDriftTest {
    private static final List<String> RULES =
            List.of("host replication rep samenet scram-sha-256", "host all all all md5");

    private final Topology declared =
            new TopologyBuilder().primary("pg1").hba(RULES).build();

    @Test
    void theAgentsOwnLineFirstAndThenTheRulesHoweverSpaced() {
        assertThat(isAsDeclared(
                        "local  all postgres   peer",
                        "host  replication\trep samenet  scram-sha-256 ",
                        "host all all all md5"))
                .isTrue();
        assertThat(isAsDeclared("local all postgres peer map=pgherder", RULES.get(0), RULES.get(1)))
                .isTrue();
    }

    @Test
    void quotesThatSayNothingAreNoDifference() {
        assertThat(isAsDeclared(
                        "local all postgres peer",
                        "host replication \"rep\" samenet scram-sha-256",
                        "host all all all \"md5\" # as ever"))
                .isTrue();
        assertThat(isAsDeclared("local all postgres peer", RULES.get(0), "host \"all\" all all md5"))
                .isFalse();
    }

    @Test
    void aLineOfSomebodyElseIsNotTheAgentsOwn() {
        assertThat(isAsDeclared("local all admin peer map=pgherder", RULES.get(0), RULES.get(1)))
                .isFalse();
        assertThat(isAsDeclared("local all postgres peer map=dba", RULES.get(0), RULES.get(1)))
                .isFalse();

        HbaRules rules = new HbaRules(
                "local all postgres peer",
                List.of("local all all peer map=dba", RULES.get(0)),
                List.of("local all all peer map=dba", RULES.get(0)),
                0);
        assertThat(rules.beginsWithOwn()).isFalse();
        assertThat(rules.missing()).isEmpty();
        assertThat(rules.extra()).isEmpty();
    }

    @Test
    void aSuperuserWhoseNameIsNoPlainWordHasQuotesInTheAgentsLine() {
        Topology dba = new TopologyBuilder()
                .primary("pg1")
                .superuser("Chief-DBA")
                .hba(RULES)
                .build();

        assertThat(HbaRules.of(dba, file()).map(HbaRules::own)).contains("local all \"Chief-DBA\" peer");
    }

    @Test
    void withoutTheAgentsOwnLineInFrontItIsNot() {
        assertThat(isAsDeclared(RULES.get(0), RULES.get(1))).isFalse();
        assertThat(isAsDeclared(RULES.get(0), "local all postgres peer", RULES.get(1)))
                .isFalse();
        assertThat(isAsDeclared("local all postgres trust", RULES.get(0), RULES.get(1)))
                .isFalse();
        assertThat(isAsDeclared()).isFalse();
    }

    @Test
    void aRuleMoreOrLessOrInAnotherOrderIsNot() {
        assertThat(isAsDeclared("local all postgres peer", RULES.get(0))).isFalse();
        assertThat(isAsDeclared("local all postgres peer", RULES.get(1), RULES.get(0)))
                .isFalse();
        assertThat(isAsDeclared("local all postgres peer", RULES.get(0), RULES.get(1), "host all all ::1/128 trust"))
                .isFalse();
    }

    @Test
    void aFileOfWhichLinesWereLeftOutIsNotWhateverTheOthersSay() {
        List<String> lines = List.of("local all postgres peer", RULES.get(0), RULES.get(1));
        ConfigFile file = new ConfigFile("/data/pg1/pg_hba.conf", lines, 80_003, true, Instant.EPOCH, false);

        assertThat(HbaDrift.isAsDeclared(declared, stopped(Optional.of(file)))).isFalse();
        assertThat(HbaDrift.isInForce(declared, stopped(Optional.of(file)))).isFalse();
    }

    @Test
    void aFileThatIsNotDeclaredIsNobodysBusiness() {
        Topology silent = new TopologyBuilder().primary("pg1").withoutHba().build();

        assertThat(HbaDrift.isAsDeclared(silent, stopped(Optional.empty()))).isTrue();
        assertThat(HbaDrift.isInForce(silent, stopped(Optional.empty()))).isTrue();
        assertThat(HbaDrift.isAsDeclared(declared, stopped(Optional.empty())))
                .as("a file that could not be read")
                .isFalse();
    }

    private boolean isAsDeclared(String... lines) {
        InstanceState instance = stopped(Optional.of(file(lines)));
        // A stopped server reads it when it starts.
        assertThat(HbaDrift.isInForce(declared, instance)).isEqualTo(HbaDrift.isAsDeclared(declared, instance));
        return HbaDrift.isAsDeclared(declared, instance);
    }

    private static ConfigFile file(String... lines) {
        return new ConfigFile("/data/pg1/pg_hba.conf", List.of(lines), 0, true, Instant.EPOCH, false);
    }

    private static InstanceState stopped(Optional<ConfigFile> hba) {
        return new InstanceState(
                Optional.empty(),
                ProcessState.STOPPED,
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                hba,
                PasswordMatch.UNKNOWN,
                List.of(),
                List.of(),
                List.of(),
                FileErrors.NONE,
                Optional.empty(),
                List.of());
    }
}
