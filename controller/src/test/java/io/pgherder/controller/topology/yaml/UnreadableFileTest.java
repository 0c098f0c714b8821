package io.pgherder.controller.topology.yaml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What is no topology file at all. */
class UnreadableFileTest {
    @TempDir
    private Path directory;

    @Test
    void fileThatDoesNotExist() {
        String refusal = new OrdersFile(directory).refusal(directory.resolve("payments.yaml"));

        assertThat(refusal).isEqualTo("""
                        Error: there is no file payments.yaml  [TOPOLOGY-001]

                          looked for at payments.yaml
                          Hint: is the path right?
                        """);
    }

    @Test
    void directoryWhereAFileIsNeeded() throws IOException {
        String refusal = new OrdersFile(directory).refusal(Files.createDirectory(directory.resolve("inventories")));

        assertThat(refusal).isEqualTo("""
                        Error: inventories is a directory where a file is needed  [TOPOLOGY-001]

                          Hint: which file in it is meant?
                        """);
    }

    @Test
    void linkThatLeadsToItself() throws IOException {
        Path loop = directory.resolve("loop.yaml");
        Files.createSymbolicLink(loop, loop);

        assertThat(new OrdersFile(directory).refusal(loop)).isEqualTo("""
                        Error: could not open loop.yaml: its symbolic links lead in a circle  [TOPOLOGY-001]

                          Hint: where should it lead? See: ls -l loop.yaml
                        """);
        assertThat(new OrdersFile(directory).plus("extends: loop.yaml\n").refusal())
                .isEqualTo("""
                        Error: could not open loop.yaml: its symbolic links lead in a circle  [TOPOLOGY-001]

                          orders.yaml:15:10  extends
                             |
                          15 | extends: loop.yaml
                             |          ^
                          Hint: where should it lead? See: ls -l loop.yaml
                        """);
    }

    @Test
    void emptyFile() {
        String refusal = new OrdersFile(directory).instead("").refusal();

        assertThat(refusal).isEqualTo("""
                        Error: orders.yaml is empty  [TOPOLOGY-004]

                          orders.yaml:1:1
                          Hint: a topology begins with its name, as in "cluster: orders"
                        """);
    }

    @Test
    void fileOfCommentsOnly() {
        String refusal =
                new OrdersFile(directory).instead("# cluster: orders\n---\n").refusal();

        assertThat(refusal).isEqualTo("""
                        Error: orders.yaml is empty  [TOPOLOGY-004]

                          orders.yaml:1:1
                          Hint: a topology begins with its name, as in "cluster: orders"
                        """);
    }

    @Test
    void listInsteadOfATopology() {
        String refusal =
                new OrdersFile(directory).instead("- cluster: orders\n").refusal();

        assertThat(refusal).isEqualTo("""
                        Error: a topology is a map, not a list  [TOPOLOGY-011]

                          orders.yaml:1:1
                            |
                          1 | - cluster: orders
                            | ^
                          Hint: a topology begins with its name, as in "cluster: orders"
                        """);
    }

    @Test
    void bracketLeftOpen() {
        String refusal = new OrdersFile(directory)
                .with("of: [pg1, pg2, pg3] }", "of: [pg1, pg2, pg3 }")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: this is not YAML: expected ',' or ']', but got "}"  [TOPOLOGY-005]

                          orders.yaml:5:43
                            |
                          5 | synchronous: { any: 1, of: [pg1, pg2, pg3 }
                            |                                           ^
                          while parsing a flow sequence that begins at line 5
                          Hint: is a quote, bracket or brace left open, or a line indented differently from its neighbours?
                        """);
    }

    @Test
    void quoteLeftOpen() {
        String refusal = new OrdersFile(directory)
                .with("\"/data/pg_root{port}\"", "\"/data/pg_root{port}")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: this is not YAML: the file ends within a quoted scalar  [TOPOLOGY-005]

                          orders.yaml:9:23
                            |
                          9 | defaults: { data_dir: "/data/pg_root{port} }
                            |                       ^
                          Hint: where should it end?
                        """);
    }

    @Test
    void tabIndents() {
        String refusal = new OrdersFile(directory).with("  db1: {", "\tdb1: {").refusal();

        assertThat(refusal).isEqualTo("""
                        Error: this is not YAML: a tab cannot indent  [TOPOLOGY-005]

                          orders.yaml:7:1
                            |
                          7 |  db1: { address: 10.0.1.11 }
                            | ^
                          Hint: indent with spaces
                        """);
    }

    @Test
    void valueThatNeedsQuotes() {
        String refusal = new OrdersFile(directory)
                .plus("settings: { log_line_prefix: %m }\n")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: this is not YAML: a value cannot begin with %  [TOPOLOGY-005]

                          orders.yaml:15:30
                             |
                          15 | settings: { log_line_prefix: %m }
                             |                              ^
                          Hint: put the value into quotes
                        """);
    }

    @Test
    void colonInAPlainValue() {
        String refusal = new OrdersFile(directory)
                .with("cluster: orders", "cluster: orders: new")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: this is not YAML: mapping values are not allowed here  [TOPOLOGY-005]

                          orders.yaml:1:16
                            |
                          1 | cluster: orders: new
                            |                ^
                          Hint: put the value into quotes
                        """);
    }

    @Test
    void unknownAlias() {
        String refusal = new OrdersFile(directory)
                .with("port: 1923 }", "port: 1923, settings: *common }")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: this is not YAML: found undefined alias common  [TOPOLOGY-005]

                          orders.yaml:13:43
                             |
                          13 |   pg3: { host: db2, port: 1923, settings: *common }
                             |                                           ^
                          Hint: is there an anchor (&name) of that name above? A value that begins with * needs quotes
                        """);
    }

    @Test
    void severalDocuments() {
        String refusal =
                new OrdersFile(directory).plus("---\ncluster: payments\n").refusal();

        assertThat(refusal).isEqualTo("""
                        Error: a second document begins here; one file is one cluster  [TOPOLOGY-006]

                          orders.yaml:15:1
                             |
                          15 | ---
                             | ^
                          Hint: put it into a file of its own
                        """);
    }

    @Test
    void controlCharacter() {
        String refusal = new OrdersFile(directory)
                .with("cluster: orders", "cluster: orders\u0007")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: a control character is not part of YAML  [TOPOLOGY-005]

                          orders.yaml:1:16
                            |
                          1 | cluster: orders�
                            |                ^
                          Hint: was the file damaged, or is it a binary file?
                        """);
    }

    @Test
    void aliasesThatExpandBeyondMeasure() {
        String refusal = new OrdersFile(directory).plus(aliasBomb()).refusal();

        assertThat(refusal).isEqualTo("""
                        Error: the aliases of this file expand beyond measure  [TOPOLOGY-007]

                          orders.yaml:16:27
                             |
                          16 |   a0: &a0 [x, x, x, x, x, x, x, x, x, x]
                             |                           ^
                          more than 200,000 values
                          Hint: a topology needs no such thing; write the values out
                        """);
    }

    @Test
    void valueThatContainsItself() {
        String refusal = new OrdersFile(directory)
                .plus("settings: &all { work_mem: *all }\n")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: a value contains itself by an alias  [TOPOLOGY-007]

                          orders.yaml:15:11
                             |
                          15 | settings: &all { work_mem: *all }
                             |           ^
                          Hint: write the values out
                        """);
    }

    @Test
    void nestedBeyondMeasure() {
        String refusal =
                new OrdersFile(directory).plus("settings: " + "[".repeat(1000)).refusal();

        assertThat(refusal).isEqualTo("""
                        Error: orders.yaml is nested or aliased beyond measure  [TOPOLOGY-007]

                          orders.yaml:1:1
                          Nesting Depth exceeded max 50
                          Hint: a topology needs neither; write the values out
                        """);
    }

    /** A few lines that would be a billion values. */
    private static String aliasBomb() {
        StringBuilder bomb = new StringBuilder("settings:\n  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 10; i++) {
            bomb.append("  a%d: &a%d [%s]\n"
                    .formatted(i, i, String.join(", ", Collections.nCopies(10, "*a" + (i - 1)))));
        }
        return bomb.toString();
    }
}
