package io.pgherder.controller.drift;

import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.InstanceState.ConfigFile;
import io.pgherder.controller.simulation.TopologyBuilder;
import io.pgherder.controller.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static io.pgherder.controller.drift.RunningPg1.WRITTEN;
import static org.assertj.core.api.Assertions.assertThat;

/** What is told of a pg_hba.conf that is not as declared: of very many lines the first one, and how many they are. */
class HbaLinesToldTest {
    private static final String OWN = "local all postgres peer";
    private static final String RULE = "host all all all md5";

    @Test
    void linesThatTheAgentDidNotTellAreADifferenceBesideThoseThatAgree() {
        assertThat(told(List.of(RULE), 3, OWN, RULE))
                .containsExactly("HBA_EXTRA hba: declared the declared rules and no others; observed 3 more lines, too"
                        + " many to be looked at");
    }

    @Test
    void aRuleThatStandsBehindThoseIsNotCalledAbsent() {
        assertThat(told(List.of(RULE), 3, OWN).get(0))
                .startsWith("HBA_MISSING hba.1: declared host all all all md5; observed no such line among the 1 that"
                        + " were looked at");
    }

    @Test
    void upToTenAreDifferencesOfTheirOwn() {
        assertThat(told(users(10, "a"), 0, lines(users(10, "b")))).hasSize(20);
    }

    @Test
    void moreAreOneDifferenceOfEachKindWhichSaysHowMany() {
        assertThat(told(users(11, "a"), 0, lines(users(13, "b"))))
                .containsExactly(
                        "HBA_MISSING hba: declared the declared rules; observed 11 of them: no such line; the first"
                                + " is rule 1, host all a0 all md5",
                        "HBA_EXTRA hba: declared the declared rules and no others; observed 13 lines that are not"
                                + " declared, the first is host all b0 all md5");
    }

    private static List<String> users(int count, String name) {
        return IntStream.range(0, count)
                .mapToObj(number -> "host all " + name + number + " all md5")
                .toList();
    }

    private static String[] lines(List<String> rules) {
        List<String> lines = new ArrayList<>(List.of(OWN));
        lines.addAll(rules);
        return lines.toArray(String[]::new);
    }

    private static List<String> told(List<String> declared, int leftOut, String... lines) {
        Topology topology = new TopologyBuilder().primary("pg1").hba(declared).build();
        ConfigFile file = new ConfigFile("/data/pg1/pg_hba.conf", List.of(lines), leftOut, true, WRITTEN, false);
        InstanceState pg1 = RunningPg1.with(List.of(), Optional.of(file), List.of(), WRITTEN);
        return RunningPg1.differences(topology, pg1).stream()
                .filter(difference -> difference.kind().name().startsWith("HBA_"))
                .map(difference -> difference.kind() + " " + difference.path() + ": declared " + difference.declared()
                        + "; observed " + difference.observed())
                .toList();
    }
}
