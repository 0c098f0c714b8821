package io.pgherder.controller.topology.yaml;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Files that extend others. */
class ExtendsTest {
    @TempDir
    private Path directory;

    @Test
    void extendedFileThatDoesNotExist() {
        String refusal =
                new OrdersFile(directory).plus("extends: ../common.yaml\n").refusal();

        assertThat(refusal).isEqualTo("""
                        Error: there is no file /tmp/common.yaml  [TOPOLOGY-001]

                          orders.yaml:15:10  extends
                             |
                          15 | extends: ../common.yaml
                             |          ^
                          looked for at /tmp/common.yaml
                          Hint: is the path right?
                        """);
    }

    @Test
    void filesInACircle() {
        String refusal = new OrdersFile(directory)
                .beside("common.yaml", "extends: base.yaml\n")
                .beside("base.yaml", "extends: common.yaml\n")
                .plus("extends: common.yaml\n")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: files extend each other in a circle  [TOPOLOGY-013]

                          base.yaml:1:10  extends
                            |
                          1 | extends: common.yaml
                            |          ^
                          common.yaml extends base.yaml extends common.yaml
                          Hint: which of them is the common one? It must extend none of the others
                        """);
    }

    @Test
    void fileThatExtendsItself() {
        String refusal =
                new OrdersFile(directory).plus("extends: orders.yaml\n").refusal();

        assertThat(refusal).isEqualTo("""
                        Error: files extend each other in a circle  [TOPOLOGY-013]

                          orders.yaml:15:10  extends
                             |
                          15 | extends: orders.yaml
                             |          ^
                          orders.yaml extends orders.yaml
                          Hint: which of them is the common one? It must extend none of the others
                        """);
    }

    @Test
    void faultInTheExtendedFileIsShownThere() {
        String refusal = new OrdersFile(directory)
                .beside("common.yaml", "settings:\n  fsync: off\nreplication:\n  slot: true\n")
                .plus("extends: common.yaml\n")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "fsync" must not be "off"  [TOPOLOGY-024]

                          common.yaml:2:10  settings.fsync
                            |
                          2 |   fsync: off
                            |          ^
                          a crash of the host would leave a damaged node
                          Hint: leave it out: on is the default

                        Error: unknown key "slot" in "replication"  [TOPOLOGY-009]

                          common.yaml:4:3  replication.slot
                            |
                          4 |   slot: true
                            |   ^
                          known here: user, password, slots
                          Hint: did you mean "slots"?
                        """);
    }

    @Test
    void syntaxOfTheExtendedFile() {
        String refusal = new OrdersFile(directory)
                .beside("common.yaml", "settings: [\n")
                .plus("extends: common.yaml\n")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: this is not YAML: the file ends within a flow node  [TOPOLOGY-005]

                          common.yaml:2:1
                          Hint: where should it end?
                        """);
    }
}
