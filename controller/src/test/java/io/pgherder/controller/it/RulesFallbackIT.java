package io.pgherder.controller.it;

import io.pgherder.controller.testing.AppliedCluster;
import io.pgherder.controller.testing.PgherderCommand.Result;
import io.pgherder.controller.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Rules in pg_hba.conf that no server has read, as they were written while none ran: it starts with the former ones. */
class RulesFallbackIT {
    @RegisterExtension
    static final AppliedCluster APPLIED =
            AppliedCluster.of(() -> TestCluster.pair().edit(TestCluster::besideOthers));

    private static final String GOOD_RULE = "  - local all all peer\n";
    private static final String BAD_RULE = "host all all 127.0.0.9/32 scram-sha-256 nonsense=1";

    private final TestCluster cluster;
    private final DeclaredForATest declared;

    RulesFallbackIT(TestCluster cluster) {
        this.cluster = cluster;
        this.declared = new DeclaredForATest(cluster);
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        declared.assertNothingIsLeft();
    }

    /** Nobody can check what is written while no server runs. */
    @Test
    void aServerThatDoesNotStartWithItsNewRulesStartsWithTheFormerOnes() throws IOException {
        cluster.pgCtl("stop", "n1");

        assertFallsBackFromABadRule();
    }

    /** As an agent leaves it that is killed when it has written them. */
    @Test
    void whereTheWritingOfRulesWasCutOffTheNextStartFallsBackToo() throws IOException {
        cluster.pgCtl("stop", "n1");
        Path hba = cluster.dataDirectory("n1").resolve("pg_hba.conf");
        String rules = Files.readString(hba);
        Files.writeString(declared.stateOf("db1").resolve("pg_hba.conf.former"), rules);
        Files.writeString(hba, rules + BAD_RULE + "\n");

        assertFallsBackFromABadRule();
    }

    /** Two secrets of which one begins with a quote and has no second: the server quotes them both in its log. */
    @Test
    void aPieceOfASecretThatTheServerQuotesInItsLogStaysOnTheHost() throws IOException {
        cluster.pgCtl("stop", "n1");

        String told = assertFallsBackFrom(
                "host all all 127.0.0.9/32 radius radiusservers=127.0.0.9 radiussecrets=\"staple,\"\"horsebattery\"",
                "words that may be a piece of a secret in pg_hba.conf are not shown: " + declared.stateOf("db1")
                        + "/startup.log has them");

        assertThat(told)
                .contains(" of configuration file \"" + cluster.dataDirectory("n1") + "/pg_hba.conf\"")
                .containsPattern("FATAL:  could not load .*pg_hba.conf");
        assertThat(Files.readString(declared.stateOf("db1").resolve("startup.log")))
                .contains("could not parse RADIUS secret list \"staple,\"horsebattery\"");
        assertThat(told).doesNotContain("horsebattery", "staple");
    }

    /** It gives up at the one with the former of the other. */
    @Test
    void aServerWithBadSettingsAndBadRulesStartsWithTheFormerOnesOfBoth() throws IOException {
        cluster.pgCtl("stop", "n1");
        Path hba = cluster.dataDirectory("n1").resolve("pg_hba.conf");
        String before = Files.readString(hba);
        declared.setting("shared_preload_libraries: nope");
        cluster.edit(text -> text.replace(GOOD_RULE, GOOD_RULE + "  - " + BAD_RULE + "\n"));

        Result applied = cluster.pgherder("apply", "--yes", "--limit", "n1").run();

        assertThat(applied.exitCode()).as(applied.toString()).isEqualTo(5);
        assertThat(applied.stderr())
                .contains("Error: n1 does not start with its new settings  [START-007]")
                .contains("could not access file \"nope\"")
                .contains("it runs with what it had before, in pgherder.conf too: no shared_preload_libraries")
                .contains("n1 does not start with its new pg_hba.conf")
                .contains("unrecognized authentication option name: \"nonsense\"")
                .contains("the former pg_hba.conf is back")
                .contains("Hint: correct them under settings and hba in the topology file");
        assertThat(hba).hasContent(before);
        declared.awaitStreaming();
    }

    private void assertFallsBackFromABadRule() throws IOException {
        assertFallsBackFrom(BAD_RULE, "unrecognized authentication option name: \"nonsense\"");
    }

    /** Returns all that is told of it. */
    private String assertFallsBackFrom(String badRule, String words) throws IOException {
        Path hba = cluster.dataDirectory("n1").resolve("pg_hba.conf");
        String before = Files.readString(hba).replace(badRule + "\n", "");
        cluster.edit(text -> text.replace(GOOD_RULE, GOOD_RULE + "  - " + badRule + "\n"));

        Result applied = cluster.pgherder("apply", "--yes", "--limit", "n1").run();

        assertThat(applied.exitCode()).as(applied.toString()).isEqualTo(5);
        assertThat(applied.stderr())
                .contains("Error: n1 does not start with its new pg_hba.conf  [START-012]")
                .contains("it runs, and lets in whom it did before: the former pg_hba.conf is back")
                .contains(words)
                .contains("Hint: correct the rules under hba in the topology file");
        assertThat(hba).hasContent(before);
        assertThat(declared.stateOf("db1").resolve("pg_hba.conf.former")).doesNotExist();
        declared.awaitStreaming();
        return applied.toString();
    }
}
