package io.pgherder.controller.drift;

import io.pgherder.controller.observation.ServerFacts.FileEntry;
import io.pgherder.controller.simulation.TopologyBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

import static io.pgherder.controller.drift.RunningPg1.OURS;
import static org.assertj.core.api.Assertions.assertThat;

/** What keeps pgherder.conf from having the last word, as far as the server tells what its files say. */
class LastWordTest {
    private static final String POSTGRESQL = "/data/pg1/postgresql.conf";
    private static final String SOMETHING = "its postgresql.conf has no such line, or others after it";

    @Test
    void aLineAfterItIsToldWithItsPlace() {
        assertThat(told(
                        entry("work_mem", "1MB", POSTGRESQL, 3),
                        entry("work_mem", "4MB", OURS, 7),
                        entry("work_mem", "7MB", POSTGRESQL, 812),
                        entry("work_mem", "9MB", "/data/pg1/postgresql.auto.conf", 3)))
                .isEqualTo("after it stands work_mem = 7MB in /data/pg1/postgresql.conf:812");
    }

    @Test
    void whatMayBeASecretIsNotTold() {
        assertThat(told(
                        entry("port", "1921", OURS, 1),
                        entry("archive_command", "scp %p s3cret@vault:%f", POSTGRESQL, 9)))
                .contains("after it stands archive_command = ")
                .endsWith(" in /data/pg1/postgresql.conf:9")
                .doesNotContain("s3cret");
    }

    @Test
    void whereNothingOfItIsReadThereIsNoSuchLine() {
        assertThat(told(entry("work_mem", "7MB", POSTGRESQL, 812))).isEqualTo(SOMETHING);
        assertThat(told()).isEqualTo(SOMETHING);
    }

    @Test
    void whereWhatStandsAfterItWasNotAskedForNobodyKnowsWhatItIs() {
        assertThat(told(entry("port", "1921", OURS, 1), entry("fsync", "on", "/data/pg1/postgresql.auto.conf", 3)))
                .isEqualTo(SOMETHING);
    }

    private static String told(FileEntry... entries) {
        List<Difference> differences = RunningPg1.differences(
                new TopologyBuilder().primary("pg1").build(), RunningPg1.withoutTheLastWord(entries));
        return differences.stream()
                .filter(difference -> difference.kind() == DriftKind.NOT_MANAGED)
                .map(Difference::observed)
                .findFirst()
                .orElseThrow();
    }

    private static FileEntry entry(String name, String value, String file, int line) {
        return new FileEntry(name, value, file, line, true, "");
    }
}
