package io.pgherder.controller.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The checkout that the tests run in: its pages, and its sources where a page is made from them. */
final class Documentation {
    /** Surefire runs in the module's directory. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private Documentation() {}

    static String page(String path) {
        return read(ROOT.resolve(path));
    }

    /** README and every page below docs/. */
    static List<Path> pages() {
        return Stream.concat(Stream.of(ROOT.resolve("README.md")), below("docs", ".md").stream())
                .toList();
    }

    static List<Path> below(String directory, String suffix) {
        try (Stream<Path> files = Files.walk(ROOT.resolve(directory))) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails if the page is not this text; {@code -Dpgherder.docs.write=true} writes it instead. */
    static void assertUpToDate(String path, String expected) {
        Path page = ROOT.resolve(path);
        if (Boolean.getBoolean("pgherder.docs.write")) {
            try {
                Files.writeString(page, expected);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        assertThat(read(page))
                .as("%s is stale: run the test again with -Dpgherder.docs.write=true", path)
                .isEqualTo(expected);
    }
}
