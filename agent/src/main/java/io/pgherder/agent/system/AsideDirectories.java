package io.pgherder.agent.system;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The data directory of an instance that does not run, and its WAL directory if that is apart, on their way out of use: renamed where they
 * are, never removed. Killed anywhere, moving them again ends it: the data directory goes last, and until then leads to wherever its WAL is.
 */
public final class AsideDirectories {
    private static final String ASIDE = ".set-aside-";
    private static final String LINK_DRAFT = ".pgherder-draft";

    private final Path data;
    private final AllowedRoots roots;

    /** @param data has passed {@link AllowedRoots#check} */
    public AsideDirectories(Path data, AllowedRoots roots) {
        this.data = data;
        this.roots = roots;
    }

    /**
     * @param when ends the new names
     * @return where they are now; a WAL directory outside the allowed roots stays where it is
     */
    public List<String> move(String when) {
        List<String> moved = new ArrayList<>();
        try {
            Path newData = aside(data, when);
            moved.add(newData.toString());
            Optional<Path> wal = wal();
            if (wal.isPresent()) {
                Path newWal = before(wal.get()).equals(wal.get()) ? aside(wal.get(), when) : wal.get();
                // First the link: where a run ends after it, what it leads to says what the WAL is called so far.
                pointTo(newWal);
                rename(wal.get(), newWal);
                moved.add(newWal.toString());
            }
            rename(data, newData);
        } catch (IOException e) {
            throw FileFailure.explain(SystemProblem.FILE_FAILED.summary("could not set " + data + " aside"), e)
                    .failure(e);
        }
        return moved;
    }

    /** Where earlier runs have moved what stood here. */
    public List<Path> earlier() {
        Path parent = Objects.requireNonNull(data.getParent(), "a root directory holds no instance");
        String name = data.getFileName() + ASIDE;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(
                parent, entry -> entry.getFileName().toString().startsWith(name))) {
            List<Path> earlier = new ArrayList<>();
            entries.forEach(earlier::add);
            return earlier;
        } catch (NoSuchFileException nothingThere) {
            return List.of();
        } catch (IOException | DirectoryIteratorException e) {
            throw SystemProblem.FILE_FAILED
                    .summary("could not look at " + parent)
                    .detail(String.valueOf(e.getMessage()))
                    .failure(e);
        }
    }

    /** Fails if one of them cannot be renamed, which would leave the other one alone under its new name. Touches nothing. */
    public void requireMovable() {
        try {
            requireMovable(data);
            Optional<Path> wal = wal();
            if (wal.isPresent()) {
                requireMovable(wal.get());
            }
        } catch (IOException e) {
            throw FileFailure.explain(SystemProblem.FILE_FAILED.summary("could not look at " + data), e)
                    .failure(e);
        }
    }

    private static void requireMovable(Path directory) throws IOException {
        Path parent = directory.getParent();
        if (parent == null || Directories.isMountPoint(directory)) {
            throw SystemProblem.FILE_FAILED
                    .summary("cannot set " + directory + " aside: it is a mount point")
                    .hint("unmount it, or move what is in it away by hand")
                    .failure();
        }
        if (!Files.isWritable(parent)) {
            throw SystemProblem.FILE_FAILED
                    .summary("cannot set " + directory + " aside: " + parent + " does not belong to this account")
                    .hint("let the agent's account write there, or move the directory away by hand")
                    .failure();
        }
    }

    private Path link() {
        return data.resolve("pg_wal");
    }

    /** Its WAL directory, if that is apart and below an allowed root. */
    private Optional<Path> wal() throws IOException {
        if (!Files.isSymbolicLink(link())) {
            return Optional.empty();
        }
        Path linked = data.resolve(Files.readSymbolicLink(link())).normalize();
        Path wal = Files.isDirectory(linked) ? linked : before(linked);
        return Files.isDirectory(wal) && roots.contain(wal.toRealPath())
                ? Optional.of(wal.toRealPath())
                : Optional.empty();
    }

    private void pointTo(Path newWal) throws IOException {
        Path draft = data.resolve("pg_wal" + LINK_DRAFT);
        Files.deleteIfExists(draft);
        Files.createSymbolicLink(draft, newWal);
        Files.move(draft, link(), StandardCopyOption.ATOMIC_MOVE);
        Directories.sync(data);
    }

    private static Path aside(Path directory, String when) {
        return directory.resolveSibling(directory.getFileName() + ASIDE + when);
    }

    /** What it was called before it was to be set aside. */
    private static Path before(Path aside) {
        String name = String.valueOf(aside.getFileName());
        int suffix = name.lastIndexOf(ASIDE);
        return suffix < 0 ? aside : aside.resolveSibling(name.substring(0, suffix));
    }

    private static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        Path parent = to.getParent();
        if (parent != null) {
            Directories.sync(parent);
        }
    }
}
