package io.pgherder.controller.it;

import io.pgherder.controller.testing.Shell;
import io.pgherder.controller.testing.Shell.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** The first thing that a person tries. It has one place and five ports of its own, so a demo that is up already is left alone. */
class DemoIT {
    private static final Path HOME = Path.of("/var/tmp/pgherder-demo");
    private static boolean ours;

    @BeforeAll
    static void leaveSomebodysDemoAlone() {
        assumeThat(HOME).as("a demo is up on this machine: pgherder demo down").doesNotExist();
        ours = true;
    }

    @AfterAll
    static void takeDown() {
        if (ours) {
            Shell.pgherder("demo", "down");
        }
    }

    @Test
    void upAgainDownAndGone() {
        Result up = Shell.pgherder("demo");
        assertThat(up.exitCode()).as(up.toString()).isZero();
        assertThat(up.toString())
                .contains("Applied 18 of 18 steps to t5")
                .contains("│  └─ pg1925  standby  streaming")
                .contains("What next:");

        Result again = Shell.pgherder("demo", "up");
        assertThat(again.exitCode()).as(again.toString()).isZero();
        assertThat(again.toString())
                .contains("agents: db1 127.0.0.1:7432, db2 127.0.0.2:7432, db3 127.0.0.3:7432 run already")
                .contains("Nothing to do");

        Result status = Shell.pgherder("demo", "status");
        assertThat(status.exitCode()).as(status.toString()).isZero();
        assertThat(status.stdout()).containsPattern("agent db3  127\\.0\\.0\\.3:7432  running, pid \\d+");

        Result down = Shell.pgherder("demo", "down");
        assertThat(down.exitCode()).as(down.toString()).isZero();
        assertThat(down.stderr()).containsPattern("""
                        stopped 3 agents
                        stopped 5 instances: pg_root1921, pg_root1922, pg_root1923, pg_root1924, pg_root1925
                        removed /var/tmp/pgherder-demo \\(\\S+\\)
                        """);
        assertThat(Files.exists(HOME)).isFalse();

        assertThat(Shell.pgherder("demo", "down").stderr())
                .isEqualTo("there is no demo on this machine: nothing to do\n");
    }
}
