package io.pgherder.controller.problem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What a person types to run this program from where they stand. A checkout is run as {@code ./pgherder}, which a shell would not find
 * under the bare name; an installed one by that name alone.
 *
 * @param workingDirectory absolute
 * @param searchPath as in PATH; a relative or empty part means the working directory, as to a shell
 */
public record ProgramName(Path workingDirectory, String searchPath) {
    private static final String USUAL = "pgherder";
    private static final String LAUNCHER_PROPERTY = "pgherder.launcher";

    public ProgramName {
        requireNonNull(workingDirectory, "workingDirectory is null");
        requireNonNull(searchPath, "searchPath is null");
    }

    /** Of this process. */
    static String here() {
        ProgramName name = new ProgramName(
                Path.of("").toAbsolutePath(),
                Optional.ofNullable(System.getenv("PATH")).orElse(""));
        return launcher().map(name::of).orElse(USUAL);
    }

    /** The launcher that started this process, links resolved; empty if Java was started without it. */
    public static Optional<Path> launcher() {
        return Optional.ofNullable(System.getProperty(LAUNCHER_PROPERTY)).map(Path::of);
    }

    /**
     * {@code ./pgherder} in its own directory, {@code pgherder} where that is found by PATH, else the path, relative if that is shorter.
     *
     * @param launcher absolute
     */
    String of(Path launcher) {
        if (workingDirectory.equals(launcher.getParent())) {
            return "./" + launcher.getFileName();
        }
        if (firstInSearchPath().filter(found -> isSame(found, launcher)).isPresent()) {
            return USUAL;
        }
        String relative = workingDirectory.relativize(launcher).toString();
        return relative.length() < launcher.toString().length() ? relative : launcher.toString();
    }

    private Optional<Path> firstInSearchPath() {
        return Arrays.stream(searchPath.split(":", -1))
                .map(directory -> workingDirectory.resolve(directory).resolve(USUAL))
                .filter(program -> Files.isRegularFile(program) && Files.isExecutable(program))
                .findFirst();
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException e) {
            return false; // one of them has just gone: its own path is what can be said for certain
        }
    }
}
