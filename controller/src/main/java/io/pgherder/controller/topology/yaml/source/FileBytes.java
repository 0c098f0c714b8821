package io.pgherder.controller.topology.yaml.source;

import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

import static io.pgherder.controller.topology.TopologyProblem.FILE_TOO_LARGE;
import static io.pgherder.controller.topology.TopologyProblem.UNREADABLE_FILE;

/** The bytes of a file that may be a topology: a regular file of a reasonable size, whatever its name promises. */
final class FileBytes {
    /** A topology of a thousand nodes is a tenth of this. */
    static final int MOST = 1024 * 1024;

    private FileBytes() {}

    static byte[] read(Path path, String shown) {
        if (Files.isDirectory(path)) {
            throw new ProblemsException(Problem.of(UNREADABLE_FILE, shown + " is a directory where a file is needed")
                    .hint("which file in it is meant?"));
        }
        if (Files.notExists(path) && Files.isSymbolicLink(path)) {
            throw new ProblemsException(
                    Problem.of(UNREADABLE_FILE, "could not open " + shown + ": it is a link to what is not there")
                            .hint("where does it lead, and is that mounted? See: ls -l " + shown));
        }
        if (Files.notExists(path)) {
            throw new ProblemsException(Problem.of(UNREADABLE_FILE, "there is no file " + shown)
                    .detail("looked for at " + path.toAbsolutePath().normalize())
                    .hint("is the path right?"));
        }
        try {
            return bounded(path, shown);
        } catch (AccessDeniedException denied) {
            throw new ProblemsException(
                    Problem.of(UNREADABLE_FILE, "could not open " + shown + ": this account may not read it")
                            .hint("ls -l " + shown));
        } catch (FileSystemException failure) {
            throw new ProblemsException(isLoop(failure) ? loop(shown) : unreadable(shown, failure.getReason()));
        } catch (IOException failure) {
            throw new ProblemsException(unreadable(shown, failure.getMessage()));
        }
    }

    /** ELOOP, which has no exception of its own; that nobody may look is another matter and has one. */
    private static boolean isLoop(FileSystemException failure) {
        Path path = Path.of(failure.getFile());
        return Files.isSymbolicLink(path) && !Files.exists(path) && !Files.notExists(path);
    }

    private static Problem loop(String shown) {
        return Problem.of(UNREADABLE_FILE, "could not open " + shown + ": its symbolic links lead in a circle")
                .hint("where should it lead? See: ls -l " + shown);
    }

    private static Problem unreadable(String shown, @Nullable String reason) {
        return Problem.of(UNREADABLE_FILE, "could not read " + shown)
                .detail(reason == null ? "the system gives no reason" : reason)
                .hint("ls -l " + shown);
    }

    private static byte[] bounded(Path path, String shown) throws IOException {
        BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
        if (!file.isRegularFile()) {
            throw new ProblemsException(Problem.of(UNREADABLE_FILE, shown + " is not a regular file")
                    .hint("copy it into one"));
        }
        if (file.size() > MOST) {
            throw tooLarge(shown, file.size());
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MOST + 1);
            if (bytes.length > MOST) {
                throw tooLarge(shown, bytes.length);
            }
            return bytes;
        }
    }

    private static ProblemsException tooLarge(String shown, long bytes) {
        return new ProblemsException(Problem.of(FILE_TOO_LARGE, shown + " is too large for a topology")
                .detail("it has %,d bytes; %,d are accepted, and it was not read".formatted(bytes, MOST))
                .hint("is this the right file?"));
    }
}
