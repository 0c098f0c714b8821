package io.pgherder.controller.topology.yaml;

import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemsException;
import io.pgherder.controller.report.text.Ink;
import io.pgherder.controller.report.text.ProblemText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** A small sound topology on disk, to be spoilt in one place, and read. Texts come back without the temporary directory in them. */
final class OrdersFile {
    static final String SOUND = """
            cluster: orders
            primary: pg1
            postgres: { version: 15 }
            replication: { user: rep, password: { file: rep.password } }
            synchronous: { any: 1, of: [pg1, pg2, pg3] }
            hosts:
              db1: { address: 10.0.1.11 }
              db2: { address: 10.0.1.12 }
            defaults: { data_dir: "/data/pg_root{port}" }
            nodes:
              pg1: { host: db1, port: 1921 }
              pg2: { host: db2, port: 1922 }
              pg3: { host: db2, port: 1923 }
              pg4: { host: db1, port: 1924, follows: pg2 }
            """;

    private final Path directory;
    private final Path file;
    private final Map<String, String> environment;
    private String text = SOUND;

    OrdersFile(Path directory) {
        this(directory, Map.of());
    }

    OrdersFile(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.file = directory.resolve("orders.yaml");
        this.environment = environment;
        secret("rep.password", "s3cret\n");
    }

    /** Exchanges a piece of the file, which must be there exactly once. */
    OrdersFile with(String piece, String other) {
        assertThat(text.split(Pattern.quote(piece), -1))
                .as("pieces around: " + piece)
                .hasSize(2);
        text = text.replace(piece, other);
        return this;
    }

    /** Adds to the end of the file. */
    OrdersFile plus(String more) {
        text += more;
        return this;
    }

    /** Forgets the sound topology and begins anew. */
    OrdersFile instead(String whole) {
        text = whole;
        return this;
    }

    /** Puts another file beside it. */
    OrdersFile beside(String name, String content) {
        write(directory.resolve(name), content);
        return this;
    }

    /** Puts a secret beside it that only its owner can read. */
    OrdersFile secret(String name, String content) {
        Path secret = directory.resolve(name);
        write(secret, content);
        try {
            Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return this;
    }

    Path path() {
        write(file, text);
        return file;
    }

    TopologyFile read() {
        return read(path());
    }

    TopologyFile read(Path path) {
        return new TopologyReader(name -> Optional.ofNullable(environment.get(name))).read(path);
    }

    /** What a person sees of the refusal of this file. */
    String refusal() {
        return refusal(path());
    }

    String refusal(Path path) {
        return new ProblemText(Ink.PLAIN).render(problems(path)).replace(directory + "/", "");
    }

    List<Problem> problems() {
        return problems(path());
    }

    private List<Problem> problems(Path path) {
        ProblemsException refused = catchThrowableOfType(ProblemsException.class, () -> read(path));
        assertThat(refused).as("the file should be refused").isNotNull();
        return refused.problems();
    }

    private static void write(Path path, String content) {
        try {
            Files.writeString(path, content);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
