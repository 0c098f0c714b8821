package io.pgherder.controller.problem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ProgramNameTest {
    @TempDir
    private Path directory;

    private Path launcher = Path.of("/");

    @BeforeEach
    void checkOut() throws IOException {
        launcher = program(directory.resolve("checkout"));
    }

    @Test
    void inItsOwnDirectoryItIsTypedWithADot() {
        assertThat(from("checkout", "")).isEqualTo("./pgherder");
    }

    @Test
    void whereAShellFindsItTheBareNameWillDo() throws IOException {
        Path bin = Files.createDirectories(directory.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("pgherder"), launcher);

        assertThat(from("elsewhere", "/no/such:" + bin)).isEqualTo("pgherder");
    }

    @Test
    void anotherOneThatAShellFindsFirstIsNotMeant() throws IOException {
        Path other = program(directory.resolve("bin"));

        assertThat(from("elsewhere", other.getParent() + ":" + launcher.getParent()))
                .isEqualTo("../checkout/pgherder");
    }

    @Test
    void whatCannotBeRunIsNotFoundByAShell() throws IOException {
        Files.createDirectories(directory.resolve("bin/pgherder"));
        Path text = Files.createDirectories(directory.resolve("share")).resolve("pgherder");
        Files.writeString(text, "no program");
        Files.setPosixFilePermissions(text, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(from("elsewhere", directory.resolve("bin") + ":" + text.getParent() + ":" + launcher.getParent()))
                .isEqualTo("pgherder");
    }

    @Test
    void elsewhereItIsTheShorterOfBothPaths() {
        assertThat(from("", "/usr/bin:/bin")).isEqualTo("checkout/pgherder");
        assertThat(from("elsewhere", "/usr/bin:/bin")).isEqualTo("../checkout/pgherder");
        assertThat(from("a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t/u/v/w/x/y/z/a/b/c/d/e/f/g/h", ""))
                .isEqualTo(launcher.toString());
    }

    @Test
    void aJarThatWasStartedWithoutTheLauncherIsStartedSoAgain() {
        Path jar = directory.resolve("checkout/controller/target/pgherder-all.jar");
        ProgramName name = new ProgramName(directory.resolve("checkout"), "");

        assertThat(name.words(Optional.empty(), Optional.of(jar)))
                .containsExactly("java", "-jar", "controller/target/pgherder-all.jar");
        assertThat(name.words(Optional.of(launcher), Optional.of(jar))).containsExactly("./pgherder");
        assertThat(name.words(Optional.empty(), Optional.empty())).containsExactly("pgherder");
    }

    @Test
    void theLauncherIsFoundFromTheJar() throws IOException {
        Path built = directory.resolve("checkout/controller/target/pgherder-all.jar");
        Path installed = program(directory.resolve("opt")).resolveSibling("pgherder-all.jar");

        assertThat(ProgramName.launcherOf(built)).contains(launcher);
        assertThat(ProgramName.launcherOf(installed)).contains(directory.resolve("opt/pgherder"));
        assertThat(ProgramName.launcherOf(directory.resolve("elsewhere/pgherder-all.jar")))
                .isEmpty();
    }

    private String from(String where, String searchPath) {
        return new ProgramName(directory.resolve(where), searchPath).of(launcher);
    }

    private static Path program(Path directory) throws IOException {
        Path program = Files.createDirectories(directory).resolve("pgherder");
        Files.writeString(program, "#!/bin/sh\n");
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
