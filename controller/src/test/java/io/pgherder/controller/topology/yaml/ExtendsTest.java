package io.pgherder.controller.topology.yaml;

import java.io.IOException;
import java.nio.file.Files;
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
                          known here: user, password, slots, options
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

    @Test
    void moreFilesThanAnybodyNeeds() {
        OrdersFile orders = new OrdersFile(directory).plus("extends: common1.yaml\n");
        for (int number = 1; number <= 3000; number++) {
            orders.beside("common" + number + ".yaml", "extends: common" + (number + 1) + ".yaml\n");
        }

        assertThat(orders.refusal()).isEqualTo("""
                        Error: more than 32 files extend one another  [TOPOLOGY-012]

                          common31.yaml:1:10  extends
                            |
                          1 | extends: common32.yaml
                            |          ^
                          the first is orders.yaml, and this is number 32
                          Hint: which of them can be one file?
                        """);
    }

    @Test
    void theWorkingDirectory() throws IOException {
        Path file = Path.of("target", "extends-a-directory.yaml");
        try {
            Files.writeString(file, "extends: ..\n");

            assertThat(new OrdersFile(directory).refusal(file)).isEqualTo("""
                            Error: . is a directory where a file is needed  [TOPOLOGY-001]

                              target/extends-a-directory.yaml:1:10  extends
                                |
                              1 | extends: ..
                                |          ^
                              Hint: which file in it is meant?
                            """);
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
