package io.pgherder.controller.it;

import io.pgherder.controller.testing.InstalledCopy;
import io.pgherder.controller.testing.Shell;
import io.pgherder.controller.testing.Shell.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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

    /** Typed by a shell: the names would not get through a test that has the C locale itself. */
    @Test
    void namesBeyondAsciiUnderTheCLocale() throws IOException {
        InstalledCopy.in(directory.resolve("lib"));
        Path script = Files.writeString(directory.resolve("script"), """
                cd "$1"
                mv lib 'a ü'
                unset LC_ALL LC_CTYPE
                export LANG=POSIX PGHERDER_NO_ARCHIVE=1
                'a ü/pgherder' --version &&
                'a ü/pgherder' validate 'a ü/mü.yaml'
                """);

        Result result = Shell.runWithFirst(directory, "sh", script.toString(), directory.toString());

        assertThat(result.stdout()).as(result.toString()).startsWith("pgherder ");
        assertThat(result.stderr()).contains("Error: there is no file a ü/mü.yaml  [TOPOLOGY-001]");
        assertThat(result.exitCode()).isEqualTo(2);
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

    @Test
    void withoutMavenAndWithoutAWayToFetchItTheHintIsWhatToInstall() throws IOException {
        InstalledCopy checkout = InstalledCopy.in(directory.resolve("checkout"));
        Files.delete(checkout.controllerJar());
        Files.writeString(checkout.directory().resolve("pom.xml"), "<project/>");
        program(
                checkout.directory().resolve("mvnw"),
                "echo 'java.net.UnknownHostException: repo.maven.apache.org' >&2; exit 1");
        Path programs = Files.createDirectory(directory.resolve("bin"));
        program(programs.resolve("mvn"), "exit 127");

        Result result = Shell.runWithFirst(programs, checkout.launcher().toString(), "--version");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.stderr()).isEqualTo("""
                building pgherder (once; the first build also downloads what it needs)…
                Error: Maven 3.8.7 or newer is not installed, and ./mvnw could not fetch it
                  Hint: apt-get install maven, or can this machine reach repo.maven.apache.org?
                  Hint: the whole output is in %s/target/build.log
                """.formatted(checkout.directory()));
    }

    private static void program(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
