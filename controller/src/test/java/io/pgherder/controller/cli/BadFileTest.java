package io.pgherder.controller.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every kind of bad file at every command: 2, what and where, what to do, and no agent is asked. The reader's tests have the whole texts.
 */
class BadFileTest {
    private static final int USAGE = 2;

    private final Prompt prompt;

    BadFileTest(@TempDir Path directory) {
        prompt = Prompt.in(directory, Prompt.NOBODY);
    }

    static Stream<Fault> faults() {
        return Stream.of(
                written("unknown key", "port: 1922", "prot: 1922", "009", ":13:21  nodes.pg2.prot\n"),
                written("duplicate key", "primary: pg1\n", "primary: pg1\nprimary: pg1\n", "008", ":3:1\n"),
                written("word where a number is needed", "port: 1922", "port: soon", "011", ":13:27  nodes.pg2.port\n"),
                written("cycle", "port: 1922 }", """
                        port: 1922 }
                          pg3: { host: db1, port: 1923, follows: pg4 }
                          pg4: { host: db1, port: 1924, follows: pg3 }\
                        """, "016", ":14:42  nodes.pg3.follows\n"),
                written("unknown host", "host: db2", "host: db9", "014", ":13:16  nodes.pg2.host\n"),
                written("unknown node", "port: 1922", "port: 1922, follows: pg9", "015", ":13:42  nodes.pg2.follows\n"),
                written(
                        "same port twice",
                        "host: db2, port: 1922",
                        "host: db1, port: 1921",
                        "017",
                        ":13:27  nodes.pg2.port\n"),
                written(
                        "same directory twice",
                        "host: db2, port: 1922",
                        "host: db1, port: 1922, data_dir: /data01/pg/pg1",
                        "018",
                        ":13:43  nodes.pg2.data_dir\n"),
                written(
                        "synchronous group too small",
                        "of: [pg1, pg2]",
                        "of: [pg1]",
                        "020",
                        ":5:21  synchronous.any\n"),
                written(
                        "setting that pgherder owns",
                        "nodes:\n",
                        "settings: { primary_conninfo: x }\nnodes:\n",
                        "023",
                        ":11:31  settings.primary_conninfo\n"),
                written(
                        "password in the file",
                        "{ file: rep.password }",
                        "sesame",
                        "028",
                        ":4:37  replication.password\n"),
                written(
                        "missing secret",
                        "file: rep.password",
                        "file: no.password",
                        "029",
                        ":4:45  replication.password.file\n"),
                written("alias bomb", "nodes:\n", "settings:\n" + aliasBomb() + "nodes:\n", "007", ":12:"),
                written(
                        "directory where a file is needed",
                        "cluster: orders\n",
                        "cluster: orders\nextends: .\n",
                        "001",
                        ":2:10  extends\n"),
                bytes("empty file", "", "004", ":1:1\n"),
                bytes("file that is not UTF-8", "cluster: orders\n# f\u00fcr\n", "003", ":2:4\n"),
                new Fault("100 MB", BadFileTest::makeHuge, "002", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void fileIsRefusedByEveryCommandBeforeAnybodyIsAsked(Fault fault) {
        fault.spoil().accept(Path.of(prompt.orders()));

        for (String command : List.of("validate", "plan", "apply", "status")) {
            prompt.clear();
            assertThat(prompt.run(command, prompt.orders())).as(command).isEqualTo(USAGE);
            assertThat(prompt.err())
                    .as(command)
                    .containsOnlyOnce("Error: ")
                    .contains("[TOPOLOGY-" + fault.code() + "]")
                    .contains("orders.yaml" + fault.place())
                    .contains("  Hint: ")
                    .doesNotContain("Exception");
        }
    }

    @Test
    void everyFaultOfAFileIsSaidAtOnce() {
        prompt.write(
                "orders.yaml",
                Prompt.ORDERS
                        .replace("of: [pg1, pg2]", "of: [pg1]")
                        .replace("file: rep.password", "file: no.password")
                        .replace("host: db2, port: 1922", "host: db9, prot: 1922")
                        .replace("nodes:\n", "settings: { primary_conninfo: x }\nnodes:\n"));

        assertThat(prompt.run("plan", prompt.orders())).isEqualTo(USAGE);
        assertThat(prompt.err())
                .contains("[TOPOLOGY-009]", "[TOPOLOGY-014]", "[TOPOLOGY-020]", "[TOPOLOGY-023]", "[TOPOLOGY-029]");
    }

    /**
     * @param code without "TOPOLOGY-"
     * @param place behind the file's name: line, column and path, as far as there are any
     */
    record Fault(String situation, Consumer<Path> spoil, String code, String place) {
        @Override
        public String toString() {
            return situation;
        }
    }

    private static Fault written(String situation, String piece, String instead, String code, String place) {
        assertThat(Prompt.ORDERS).containsOnlyOnce(piece);
        return bytes(situation, Prompt.ORDERS.replace(piece, instead), code, place);
    }

    private static Fault bytes(String situation, String latin1, String code, String place) {
        return new Fault(situation, file -> write(file, latin1), code, place);
    }

    private static void write(Path file, String latin1) {
        try {
            Files.write(file, latin1.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void makeHuge(Path file) {
        try (RandomAccessFile huge = new RandomAccessFile(file.toFile(), "rw")) {
            huge.setLength(100L * 1024 * 1024);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A few lines that would be a billion values. */
    private static String aliasBomb() {
        StringBuilder bomb = new StringBuilder("  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 10; i++) {
            bomb.append("  a%d: &a%d [%s]\n"
                    .formatted(i, i, String.join(", ", Collections.nCopies(10, "*a" + (i - 1)))));
        }
        return bomb.toString();
    }
}
