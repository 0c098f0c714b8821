package io.pgherder.controller.problem;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * What a person types to run this program from where they stand. A checkout is run as {@code ./pgherder}, which a shell would not find
 * under the bare name; an installed one by that name alone; a jar that was started without the launcher by Java.
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

    /** The words that run this program as it runs in this process. */
    static List<String> here() {
        return ofThisProcess().words(launcher(), jar());
    }

    /**
     * The launcher, as typed, for what the jar alone cannot do: the one that started this process, or else one that stands where it does in
     * a checkout or an installation; empty if there is none.
     */
    public static Optional<String> ofTheLauncher() {
        return launcher().or(() -> jar().flatMap(ProgramName::launcherOf)).map(ofThisProcess()::of);
    }

    private static ProgramName ofThisProcess() {
        return new ProgramName(
                Path.of("").toAbsolutePath(),
                Optional.ofNullable(System.getenv("PATH")).orElse(""));
    }

    /** The launcher that started this process, links resolved; empty if Java was started without it. */
    public static Optional<Path> launcher() {
        return Optional.ofNullable(System.getProperty(LAUNCHER_PROPERTY)).map(Path::of);
    }

    /** The jar with everything in it that {@code java -jar} started; empty if classes were put together in another way. */
    private static Optional<Path> jar() {
        String classPath = System.getProperty("java.class.path", "");
        return classPath.contains(File.pathSeparator)
                ? Optional.empty()
                : codeSource().filter(source -> Files.isRegularFile(source) && isSame(source, Path.of(classPath)));
    }

    private static Optional<Path> codeSource() {
        return Optional.ofNullable(ProgramName.class.getProtectionDomain().getCodeSource())
                .map(source -> Path.of(URI.create(source.getLocation().toString())));
    }

    /** Beside the jar, or at the top of the checkout in which it was built. */
    static Optional<Path> launcherOf(Path jar) {
        return Stream.of(
                        jar.resolveSibling(USUAL),
                        jar.resolveSibling("../../" + USUAL).normalize())
                .filter(ProgramName::isProgram)
                .findFirst();
    }

    /** Without either nobody can know: then the name that it should have. */
    List<String> words(Optional<Path> launcher, Optional<Path> jar) {
        return launcher.map(this::of)
                .map(List::of)
                .or(() -> jar.map(path -> List.of("java", "-jar", shorter(path))))
                .orElse(List.of(USUAL));
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
        return shorter(launcher);
    }

    private String shorter(Path absolute) {
        String relative = workingDirectory.relativize(absolute).toString();
        return relative.length() < absolute.toString().length() ? relative : absolute.toString();
    }

    private Optional<Path> firstInSearchPath() {
        return Arrays.stream(searchPath.split(":", -1))
                .map(directory -> workingDirectory.resolve(directory).resolve(USUAL))
                .filter(ProgramName::isProgram)
                .findFirst();
    }

    private static boolean isProgram(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path);
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException e) {
            return false; // one of them has just gone: its own path is what can be said for certain
        }
    }
}
