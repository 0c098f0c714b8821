package io.pgherder.controller.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The PostgreSQL that instances of tests run: the one that {@code -Dpgherder.pg=17} names; else 15, or the next one that is installed. */
public final class TestedPostgres {
    private static final Path INSTALLATIONS = Path.of("/usr/lib/postgresql");
    private static final List<Integer> IN_ORDER_OF_PREFERENCE = List.of(15, 16, 17, 18, 14, 13);

    public static final int MAJOR_VERSION = majorVersion();

    public static final Path BIN_DIR = binDir(MAJOR_VERSION);

    private TestedPostgres() {}

    private static int majorVersion() {
        Optional<Integer> named = Optional.ofNullable(Integer.getInteger("pgherder.pg"));
        return named.map(Stream::of)
                .orElseGet(IN_ORDER_OF_PREFERENCE::stream)
                .filter(version -> Files.isExecutable(binDir(version).resolve("initdb")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "these tests need PostgreSQL's server programs: apt-get" + " install postgresql"
                                + named.map(version -> "-" + version).orElse("")));
    }

    private static Path binDir(int majorVersion) {
        return INSTALLATIONS.resolve(Integer.toString(majorVersion)).resolve("bin");
    }

    /** Skips the test before that version: "before PostgreSQL 15 it is not so: servers tell of pg_ident.conf". */
    public static void assumeAtLeast(int majorVersion, String whatIsSo) {
        assumeTrue(MAJOR_VERSION >= majorVersion, "before PostgreSQL " + majorVersion + " it is not so: " + whatIsSo);
    }

    /** "/usr/lib/postgresql/15/bin/pg_ctl". */
    public static String program(String name) {
        return BIN_DIR.resolve(name).toString();
    }
}
