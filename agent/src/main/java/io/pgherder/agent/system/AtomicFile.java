package io.pgherder.agent.system;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * A small text file that is replaced as a whole: whoever reads it sees the old text or the new one, never a part; unless it is {@link
 * #unsynced}, also after a crash of the host.
 */
public final class AtomicFile {
    private static final String STAGED = ".pgherder-new";

    private static final Set<PosixFilePermission> OWN = PosixFilePermissions.fromString("rwx------");

    private final Path path;
    private final boolean durable;
    private final boolean sharedAsBefore;

    /** What is written or removed has survived a crash of the host when that returns; the account alone may read it. */
    public AtomicFile(Path path) {
        this(path, true, false);
    }

    private AtomicFile(Path path, boolean durable, boolean sharedAsBefore) {
        this.path = path;
        this.durable = durable;
        this.sharedAsBefore = sharedAsBefore;
    }

    /**
     * One that a crash of the host may leave as it was, or damage while it is new: for notes about processes, which do not survive that
     * either, and for files that are brought to disk together with others.
     */
    public static AtomicFile unsynced(Path path) {
        return new AtomicFile(path, false, false);
    }

    /** One of a data directory: whoever could read the file before still can; a new one, whoever may read the directory. */
    public AtomicFile sharedAsBefore() {
        return new AtomicFile(path, durable, true);
    }

    public Path path() {
        return path;
    }

    /** The whole text; empty if there is no such file. What is no regular file is refused. */
    public Optional<String> read() {
        try {
            return Optional.of(FileText.decode(RegularFile.read(path)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    /** Whether nobody but the account may read or write it; also if it is not there. */
    public boolean isPrivate() {
        try {
            return OWN.containsAll(Files.getPosixFilePermissions(path));
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException e) {
            throw failed("look at", e);
        }
    }

    /** Replaces the text. */
    public void write(String text) {
        refuseLink();
        Path staged = path.resolveSibling(path.getFileName() + STAGED);
        try {
            Files.deleteIfExists(staged);
            try {
                fill(staged, text);
                Files.move(staged, path, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(staged);
            }
            if (durable) {
                Directories.sync(parent());
            }
        } catch (IOException e) {
            throw failed("write", e);
        }
    }

    private void fill(Path staged, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(
                staged,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer bytes = ByteBuffer.wrap(FileText.encode(text));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            if (sharedAsBefore) {
                Access.of(path, parent()).give(staged);
            }
            if (durable) {
                channel.force(true);
            }
        }
    }

    /** Replaces the text unless it is this one already, and read by whom it may be. Returns whether it was replaced. */
    public boolean writeIfChanged(String text) {
        if (read().filter(text::equals).isPresent() && (sharedAsBefore || isPrivate())) {
            return false;
        }
        write(text);
        return true;
    }

    /** Removes the file if it is there. */
    public void delete() {
        try {
            if (Files.deleteIfExists(path) && durable) {
                Directories.sync(parent());
            }
        } catch (IOException e) {
            throw failed("remove", e);
        }
    }

    private Path parent() {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("not an absolute path: " + path);
        }
        return parent;
    }

    private void refuseLink() {
        if (Files.isSymbolicLink(path)) {
            throw SystemProblem.SYMBOLIC_LINK
                    .summary("refusing to write through a symbolic link: " + path)
                    .hint("is it meant to be a file of its own? Then replace the link by a copy of what it leads to")
                    .failure();
        }
    }

    private RuntimeException failed(String what, IOException e) {
        return FileFailure.explain(SystemProblem.FILE_FAILED.summary("could not " + what + " " + path), e)
                .failure(e);
    }
}
