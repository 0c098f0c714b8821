package io.pgherder.controller.it;

import io.pgherder.controller.testing.HandBuilt;
import io.pgherder.controller.testing.PgherderCommand.Result;
import io.pgherder.controller.testing.TestCluster;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What people have written and the server has not taken: in the imported file stands what is in force, and a comment with the other value. */
class ImportUnloadedIT {
    @Test
    void everyValueThatIsNotInForceIsTold() {
        try (TestCluster cluster = TestCluster.handBuilt()) {
            HandBuilt hands = new HandBuilt(cluster).build();
            cluster.sql("n3", "alter system set max_wal_senders = 14");
            cluster.sql("n3", "alter system set autovacuum_max_workers = 5");
            cluster.sql("n3", "select pg_reload_conf()");
            hands.edit("n3", "max_connections = 80");
            hands.edit("n3", "max_locks_per_transaction = 99");
            hands.edit("n3", "work_mem = 9MB");
            hands.edit("n3", "max_wal_size = 2GB");

            Result written = cluster.pgherderImport().run();

            assertThat(written.exitCode()).as("%s", written).isZero();
            String text = written.stdout().replaceAll("\n *# (?!In force)", " ");
            assertThat(text)
                    .containsPattern("auto.conf:\\d+ says '5', which waits for a restart. Which is meant\\?\n +"
                            + "autovacuum_max_workers: 3\n")
                    .containsPattern("auto.conf:\\d+ says '14', which waits for a restart. Which is meant\\?\n +"
                            + "max_wal_senders: 12\n")
                    .containsPattern(
                            "/postgresql.conf:\\d+ says '80', which was never loaded, and needs a restart. Which is"
                                    + " meant\\?\n +max_connections: 30\n")
                    .containsPattern(
                            "/postgresql.conf:\\d+ says '99', which was never loaded, and needs a restart. Which is"
                                    + " meant\\?\n +max_locks_per_transaction: 64\n")
                    .containsPattern("/postgresql.conf:\\d+ says '9MB', which was never loaded. Which is meant\\?\n +"
                            + "work_mem: 7MB\n")
                    .containsPattern("/postgresql.conf:\\d+ says '2GB', which was never loaded. Which is meant\\?\n +"
                            + "max_wal_size: 1GB\n");
        }
    }
}
