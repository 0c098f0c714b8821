package io.pgherder.controller.wholefile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.Objects.requireNonNull;

/** A file of which nobody ever reads half: what is new is staged beside it, brought to disk, and renamed. */
public final class WholeFile {
    /** Why something is no file that can be read or written. */
    public static final String DIRECTORY = "it is a directory";

    /** As {@link #DIRECTORY}: a device, a pipe, a socket. */
    public static final String IRREGULAR = "it is not a regular file";

    private static final int LONGEST_BEGINNING = 512;

    private final Path path;
    private final Optional<Kind> kind;

    public WholeFile(Path path) {
        this(path, Optional.empty());
    }

    private WholeFile(Path path, Optional<Kind> kind) {
        this.path = requireNonNull(path, "path is null");
        this.kind = kind;
    }

    /**
     * One that replaces no other files than of its own kind, and empty ones: the topology itself, say, whose name was typed by mistake.
     *
     * @param words what they are: "saved plan"
     * @param beginning how they begin, within the first {@value #LONGEST_BEGINNING} bytes
     */
    public static WholeFile ofKind(Path path, String words, Pattern beginning) {
        return new WholeFile(path, Optional.of(new Kind(words, beginning)));
    }

    private record Kind(String words, Pattern beginning) {}

    /** Finds out whether it can be written, before there is anything to write. Changes nothing that is there. */
    public void tryOut() throws UnwritableException {
        stage("", staged -> {});
    }

    /** Afterwards the file holds this text, and no other. What a link leads to is replaced, and not the link. */
    public void write(String text) throws UnwritableException {
        stage(text, staged -> Files.move(staged, real(), StandardCopyOption.ATOMIC_MOVE));
    }

    /** The same for a file that is not there yet: another one is never replaced. */
    public void writeNew(String text) throws UnwritableException {
        if (Files.exists(path) || Files.isSymbolicLink(path)) {
            throw new UnwritableException(
                    "it is there already", "is it to be replaced? Then remove it, or name another");
        }
        stage(text, staged -> Files.createLink(path.toAbsolutePath(), staged));
    }

    private interface Then {
        void with(Path staged) throws IOException;
    }

    private void stage(String text, Then then) throws UnwritableException {
        Path target = path.toAbsolutePath();
        if (Files.isDirectory(target)) {
            throw new UnwritableException(DIRECTORY, "what shall the file in it be called?");
        }
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            throw new UnwritableException(IRREGULAR, "name one, or one that is still to be made");
        }
        try {
            refuseAnotherKind(target);
            Path real = real();
            Path staged = real.resolveSibling("." + real.getFileName() + "." + UUID.randomUUID());
            try {
                bringToDisk(staged, text);
                then.with(staged);
            } finally {
                Files.deleteIfExists(staged);
            }
        } catch (IOException e) {
            String reason =
                    e instanceof NoSuchFileException ? "there is no directory " + target.getParent() : reason(e);
            throw new UnwritableException(reason, "does the directory exist, and may you write there?");
        }
    }

    private void refuseAnotherKind(Path target) throws IOException, UnwritableException {
        if (kind.isEmpty() || !Files.exists(target)) {
            return;
        }
        try (InputStream in = Files.newInputStream(target)) {
            String beginning = new String(in.readNBytes(LONGEST_BEGINNING), UTF_8);
            if (!beginning.isEmpty()
                    && !kind.get().beginning().matcher(beginning).lookingAt()) {
                throw new UnwritableException(
                        "there is another file, no " + kind.get().words(),
                        "is that to be replaced? Then remove it, or name another");
            }
        }
    }

    private Path real() throws IOException {
        Path target = path.toAbsolutePath();
        return Files.exists(target) ? target.toRealPath() : target;
    }

    private static void bringToDisk(Path file, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(file, CREATE_NEW, WRITE)) {
            ByteBuffer bytes = UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** Why it could not be read or written, in words: one line, no full stop. */
    public String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "it does not exist";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (isLoop()) {
            return "its symbolic links lead in a circle";
        }
        String reason = e instanceof FileSystemException failure ? failure.getReason() : e.getMessage();
        return reason == null ? "the system gives no reason" : reason;
    }

    /** ELOOP, which has no exception of its own; that nobody may look is another matter and has one. */
    private boolean isLoop() {
        return Files.isSymbolicLink(path) && !Files.exists(path) && !Files.notExists(path);
    }
}
