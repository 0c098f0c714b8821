package io.pgherder.controller.it;

import io.pgherder.controller.testing.AppliedCluster;
import io.pgherder.controller.testing.PgherderCommand.Result;
import io.pgherder.controller.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.pgherder.controller.testing.WholeCluster.assertApplied;
import static org.assertj.core.api.Assertions.assertThat;

/** A standby is taken out of the file: it runs on until somebody asks for its end, and then its data are still there. */
class RetiredNodeIT {
    @RegisterExtension
    static final AppliedCluster APPLIED = AppliedCluster.t5();

    private final TestCluster cluster;

    RetiredNodeIT(TestCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void theUpstreamOfACascadeIsRetiredAndTakenInAgain() throws IOException {
        Path data = cluster.dataDirectory("n2");
        // Other tests have their instances on this machine.
        cluster.edit(text -> text.replaceAll("(db\\d: \\{)", "$1 shared: true,"));
        String before = Files.readString(cluster.topologyFile());
        cluster.edit(text -> text.replaceFirst("(?m)^ *n2: .*\n", "")
                .replace("[n1, n2, n3, n4]", "[n1, n3, n4]")
                .replaceAll(", follows: n2", ""));

        Result left = cluster.pgherder("apply", "--yes").run();

        assertThat(left.exitCode()).as(left.toString()).isZero();
        assertThat(left.stdout()).contains("n2: it is not in the file any more").contains("apply --prune retires it");
        assertThat(cluster.followers("n1")).as("it runs on").contains("n2", "n5");

        Result drift = cluster.pgherder("drift").run();

        assertThat(drift.exitCode()).isEqualTo(3);
        assertThat(drift.stdout()).contains("it was node n2 of this cluster").contains("apply --prune stops it");

        Result retired = cluster.pgherder("apply", "--yes", "--prune").run();

        assertThat(retired.exitCode()).as(retired.toString()).isZero();
        assertThat(data).doesNotExist();
        List<Path> aside = besides(data);
        assertThat(aside)
                .singleElement()
                .satisfies(directory -> assertThat(directory.resolve("pg_wal/archive_status"))
                        .as("its WAL went along")
                        .isDirectory());
        assertThat(cluster.followers("n1")).doesNotContain("n2");
        assertThat(cluster.sql("n1", "select count(*) from pg_replication_slots where slot_name = 'n2'"))
                .isEqualTo("0");
        Result after = cluster.pgherder("drift").run();
        assertThat(after.exitCode()).as(after.toString()).isZero();
        assertThat(cluster.pgherder("plan", "--prune", "--detailed-exitcode")
                        .run()
                        .exitCode())
                .isZero();

        Files.writeString(cluster.topologyFile(), before);
        assertApplied(cluster);
        assertThat(cluster.followers("n2")).containsExactly("n5");
        assertThat(aside.get(0)).as("nothing was deleted").isDirectory();
    }

    private static List<Path> besides(Path data) throws IOException {
        try (Stream<Path> all = Files.list(data.getParent())) {
            return all.filter(path -> path.getFileName().toString().startsWith(data.getFileName() + "."))
                    .toList();
        }
    }
}
