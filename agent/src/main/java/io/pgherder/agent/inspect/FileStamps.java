package io.pgherder.agent.inspect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Who wrote the files that settings come from, and when. They may lie anywhere: one on a file system that hangs is left out. */
final class FileStamps {
    /** The look as a whole has little more than that to spare once the server has answered. */
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final InTime inTime;

    FileStamps(InTime inTime) {
        this.inTime = inTime;
    }

    /** @param paths as the server names them */
    List<FileStamp> of(Collection<String> paths) {
        Map<String, List<Path>> byDirectory = paths.stream()
                .distinct()
                .flatMap(path -> absolute(path).stream())
                .collect(Collectors.groupingBy(
                        path -> String.valueOf(path.getParent()), LinkedHashMap::new, Collectors.toList()));
        List<CompletableFuture<List<FileStamp>>> looks = byDirectory.entrySet().stream()
                .map(files -> inTime.done(
                        PATIENCE,
                        "the files in " + files.getKey(),
                        () -> files.getValue().stream()
                                .flatMap(file -> stamp(file).stream())
                                .toList(),
                        silence -> List.<FileStamp>of()))
                .toList();
        return looks.stream().flatMap(look -> look.join().stream()).toList();
    }

    private static Optional<Path> absolute(String path) {
        try {
            return Optional.of(Path.of(path)).filter(Path::isAbsolute);
        } catch (InvalidPathException notInThisHostsEncoding) {
            return Optional.empty();
        }
    }

    private static Optional<FileStamp> stamp(Path file) {
        try {
            PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
            return Optional.of(new FileStamp(
                    file,
                    attributes.owner().getName(),
                    attributes.lastModifiedTime().toInstant()));
        } catch (IOException goneOrClosed) {
            return Optional.empty();
        }
    }
}
