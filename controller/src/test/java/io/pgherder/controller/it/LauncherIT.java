package io.pgherder.controller.it;

import io.pgherder.controller.testing.InstalledCopy;
import io.pgherder.controller.testing.Shell.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The launcher with its jars beside it, without a checkout around it. */
class LauncherIT {
    @TempDir
    Path directory;

    @Test
    void aSecondStartTakesItsClassesFromTheArchive() throws IOException {
        InstalledCopy copy = InstalledCopy.in(directory.resolve("lib"));
        Path loaded = directory.resolve("loaded");

        Result first = copy.run(copy.launcher(), "", "--version");
        Result second = copy.run(copy.launcher(), "-Xlog:class+load:file=" + loaded, "validate", "nothing.yaml");

        assertThat(first.exitCode()).as(first.toString()).isZero();
        assertThat(first.stderr()).isEqualTo("preparing pgherder for quick starts (once)…\n");
        assertThat(second.exitCode()).as(second.toString()).isEqualTo(2);
        assertThat(ours(loaded))
                .hasSizeGreaterThan(20)
                .allSatisfy(line -> assertThat(line).contains("source: shared objects file"));
    }

    @Test
    void aPlaceWithASpaceInItsNameReachedThroughALink() throws IOException {
        InstalledCopy copy = InstalledCopy.in(directory.resolve("a place of its own"));
        Path link = Files.createSymbolicLink(directory.resolve("pgherder"), copy.launcher());

        Result version = copy.run(link, "", "--version");

        assertThat(version.exitCode()).as(version.toString()).isZero();
        assertThat(version.stdout()).startsWith("pgherder ");
    }

    private static List<String> ours(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(" io.pgherder."))
                    .filter(line -> !line.contains("$$Lambda") && !line.contains("$Proxy"))
                    .toList();
        }
    }

    @Test
    void anAgentStartedAsRootDropsToAnOrdinaryAccount() throws IOException {
        InstalledCopy copy = InstalledCopy.in(directory.resolve("agent"));

        Result version = copy.run(copy.launcher(), "", "agent", "--version");

        assertThat(version.exitCode()).as(version.toString()).isZero();
        assertThat(version.stdout()).startsWith("pgherder agent");
    }

    @Test
    void aMissingJarIsNamedWithWhatToDo() throws IOException {
        InstalledCopy copy = InstalledCopy.in(directory.resolve("broken"));
        Files.delete(copy.controllerJar());

        Result result = copy.run(copy.launcher(), "", "--version");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.stderr())
                .isEqualTo("Error: " + copy.controllerJar()
                        + " is missing\n  Hint: copy it there from a built checkout\n");
    }
}
