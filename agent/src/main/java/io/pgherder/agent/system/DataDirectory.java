package io.pgherder.agent.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;

/**
 * The data directory of an instance, and its WAL directory if that is apart, on their way into being: filled under staging names beside
 * their final ones, then renamed. Killed anywhere, {@link #settle} leaves nothing, or the finished instance; and never is anything removed
 * that the agent did not make.
 */
public final class DataDirectory {
    /** What to ask of a directory that this agent has no record of having made. */
    public static final String LEFT_BEHIND =
            "was it left behind by hand, or by an agent with another state directory? Then remove it";

    private static final String STAGING = ".pgherder-staging";
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final Path data;
    private final Optional<Path> wal;
    private final AtomicFile markFile;
    private final AtomicFile unsyncedMark;

    /** Both paths have passed {@link AllowedRoots#check}. */
    public DataDirectory(Path data, Optional<Path> wal, InstanceFiles files) {
        this.data = data;
        this.wal = wal;
        this.markFile = files.mark();
        this.unsyncedMark = AtomicFile.unsynced(markFile.path());
        if (wal.isPresent() && (wal.get().startsWith(data) || data.startsWith(wal.get()))) {
            throw SystemProblem.NESTED_DIRECTORIES
                    .summary("the WAL directory " + wal.get() + " and the data directory " + data
                            + " lie inside one another")
                    .failure();
        }
    }

    /** The one of which these files say that it is half made; empty if it is whole, or was never begun. */
    public static Optional<DataDirectory> unfinished(InstanceFiles files) {
        return OwnershipMark.read(files.mark())
                .filter(mark -> !mark.isFinished() && mark.dataDir().isAbsolute())
                .map(mark -> new DataDirectory(mark.dataDir(), mark.walDir(), files));
    }

    /** The one of which these files say that it was installed; whether it still stands there is for {@link #isInstalled} to say. */
    public static Optional<DataDirectory> installed(InstanceFiles files) {
        return OwnershipMark.read(files.mark())
                .filter(mark -> mark.isFinished() && mark.dataDir().isAbsolute())
                .map(mark -> new DataDirectory(mark.dataDir(), mark.walDir(), files));
    }

    public Path data() {
        return data;
    }

    public Optional<Path> wal() {
        return wal;
    }

    public Path staging() {
        return stagingOf(data);
    }

    public Optional<Path> walStaging() {
        return wal.map(DataDirectory::stagingOf);
    }

    /** Whether there is an instance: a PG_VERSION file. */
    public boolean holdsInstance() {
        return Files.isRegularFile(data.resolve("PG_VERSION"));
    }

    /** Whether the instance that stands there was put there by this verb of ours, and not emptied or replaced since. */
    public boolean wasInstalledBy(String verb) {
        return isInstalled()
                && installed().filter(mark -> mark.verb().equals(verb)).isPresent();
    }

    /** Whether the instance that stands there was put there by us, and not emptied or replaced since. */
    public boolean isInstalled() {
        return holdsInstance() && installed().filter(this::isInPlace).isPresent();
    }

    /**
     * Puts an instance that stands there, and that somebody else has put there, on record: from now on it is known when it does not run, and
     * missed when it is gone. What we have on record already stays as it is.
     */
    public void adopt(String verb) {
        if (!holdsInstance()
                || mark().filter(mark -> !mark.isFinished() || isInPlace(mark)).isPresent()) {
            return;
        }
        tried("look at " + data, () -> {
            new OwnershipMark(
                            data,
                            wal,
                            OwnershipMark.Phase.INSTALLED,
                            verb,
                            Directories.identity(data),
                            wal.isPresent() ? Directories.identity(wal.get()) : "")
                    .write(markFile);
            return true;
        });
    }

    /** Whether we installed an instance, and its directory no longer stands there: it was removed, or its file system is not mounted. */
    public boolean hasVanished() {
        return mark().filter(mark -> mark.phase() != OwnershipMark.Phase.STAGING)
                // In this order: it may be moved into place at this very moment.
                .filter(mark -> !isOnItsWay(mark) && !isInPlace(mark))
                .isPresent();
    }

    private boolean isOnItsWay(OwnershipMark mark) {
        return mark.phase() == OwnershipMark.Phase.INSTALLING
                && tried("look at " + staging(), () -> mark.data().equals(Directories.identity(staging())));
    }

    /** A directory with a staging name that we have no record of having made: nothing can be staged while it is there. */
    public Optional<Path> foreignStaging() {
        Optional<OwnershipMark> making = mark().filter(mark -> !mark.isFinished());
        if (isForeign(staging(), making.map(OwnershipMark::data))) {
            return Optional.of(staging());
        }
        return walStaging().filter(directory -> isForeign(directory, making.map(OwnershipMark::wal)));
    }

    private static boolean isForeign(Path directory, Optional<String> identity) {
        return tried(
                "look at " + directory,
                () -> Directories.exists(directory) && (identity.isEmpty() || !isOurs(directory, identity.get())));
    }

    /** Whether there is anything in its place. */
    public boolean isThere() {
        return tried("look at " + data, () -> Directories.exists(data));
    }

    /** Whether what we have on record is there by now. */
    public boolean wasMovedTo(Path where) {
        return mark().filter(mark -> mark.data().equals(tried("look at " + where, () -> Directories.identity(where))))
                .isPresent();
    }

    /** Whether a server would come up as a standby there. Fails where that cannot be told. */
    public static boolean isStandby(Path directory) {
        Path signal = directory.resolve("standby.signal");
        return tried("look at " + signal, () -> Directories.isThere(signal));
    }

    /**
     * Whether a server's next start there would be a recovery from an archive, which needs a restore_command and ends in a role of its own; a
     * standby.signal beside it counts for more. Fails where that cannot be told.
     *
     * @see <a href="https://www.postgresql.org/docs/15/runtime-config-wal.html#RUNTIME-CONFIG-WAL-ARCHIVE-RECOVERY">archive recovery</a>
     */
    public static boolean isRecovering(Path directory) {
        Path signal = directory.resolve("recovery.signal");
        return !isStandby(directory) && tried("look at " + signal, () -> Directories.isThere(signal));
    }

    /** Where it is written which directories are ours; without it, the agent knows of none. */
    public Path record() {
        return markFile.path();
    }

    private Optional<OwnershipMark> installed() {
        return mark().filter(OwnershipMark::isFinished);
    }

    private boolean isInPlace(OwnershipMark mark) {
        return tried("look at " + data, () -> mark.data().equals(Directories.identity(data)));
    }

    /** Finishes an installation that was interrupted, or removes what was half made. Does nothing where all is whole. */
    public void settle() {
        Optional<OwnershipMark> mark = mark();
        if (mark.isEmpty()) {
            return;
        }
        switch (mark.get().phase()) {
            case STAGING -> {
                endWhoeverFills();
                discard();
            }
            case INSTALLING -> {
                if (!hasVanished()) {
                    moveIntoPlace(mark.get());
                }
            }
            case INSTALLED -> {}
        }
    }

    /** Fails unless both final places are free: absent or empty, and able to take a renamed directory. */
    public void requireVacant() {
        requireVacant("data", data);
        wal.ifPresent(directory -> requireVacant("WAL", directory));
    }

    /** Makes the staging directories, empty, after whatever was half made before is gone. */
    public void stage(String verb) {
        settle();
        refuseForeignStaging(staging());
        walStaging().ifPresent(DataDirectory::refuseForeignStaging);
        tried("make " + staging(), () -> {
            // Marked before and after: between the two, what has the staging name and is empty is ours. (If the host
            // crashes between the two, an empty directory may remain that is refused as foreign.)
            staged(verb, "", "").write(unsyncedMark);
            create(staging());
            if (walStaging().isPresent()) {
                create(walStaging().get());
            }
            staged(
                            verb,
                            Directories.identity(staging()),
                            walStaging().isPresent()
                                    ? Directories.identity(walStaging().get())
                                    : "")
                    .write(markFile);
            return true;
        });
    }

    private OwnershipMark staged(String verb, String dataIdentity, String walIdentity) {
        return new OwnershipMark(data, wal, OwnershipMark.Phase.STAGING, verb, dataIdentity, walIdentity);
    }

    /** Gives the complete staging directories their final names. */
    public void install() {
        OwnershipMark mark = mark().orElseThrow(() -> new IllegalStateException("nothing is staged for " + data));
        OwnershipMark installing = mark.in(OwnershipMark.Phase.INSTALLING);
        installing.write(markFile);
        moveIntoPlace(installing);
    }

    /** Removes the staging directories that we made. */
    public void discard() {
        mark().filter(mark -> mark.phase() == OwnershipMark.Phase.STAGING).ifPresent(mark -> {
            tried("remove " + staging(), () -> {
                removeOurs(staging(), mark.data());
                if (walStaging().isPresent()) {
                    removeOurs(walStaging().get(), mark.wal());
                }
                return true;
            });
            markFile.delete();
        });
    }

    /** initdb or pg_basebackup, left behind by an agent that was killed; its background process outlives even the program itself. */
    private void endWhoeverFills() {
        if (!ProcessTree.endStartedWith("--pgdata=" + staging(), GRACE)) {
            throw SystemProblem.TIMED_OUT
                    .summary("a program that fills " + staging() + " does not end")
                    .hint("is the disk hanging?")
                    .failure();
        }
    }

    private Optional<OwnershipMark> mark() {
        return OwnershipMark.read(markFile);
    }

    /** Every part of it may have been done before: a rename is skipped when the directory already has its final name. */
    private void moveIntoPlace(OwnershipMark mark) {
        tried("move " + staging() + " into place", () -> {
            if (wal.isPresent()) {
                linkToFinalWal(wal.get());
                rename(stagingOf(wal.get()), wal.get(), mark.wal());
            }
            rename(staging(), data, mark.data());
            return true;
        });
        mark.in(OwnershipMark.Phase.INSTALLED).write(markFile);
    }

    private void linkToFinalWal(Path target) throws IOException {
        if (!Directories.exists(staging())) {
            return;
        }
        Path link = staging().resolve("pg_wal");
        Path newLink = staging().resolve("pg_wal" + STAGING);
        if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(target)) {
            return;
        }
        Files.deleteIfExists(newLink);
        Files.createSymbolicLink(newLink, target);
        Files.move(newLink, link, StandardCopyOption.ATOMIC_MOVE);
        Directories.sync(staging());
    }

    private static void rename(Path from, Path to, String identity) throws IOException {
        if (!Directories.identity(to).equals(identity)) {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        }
        Directories.sync(parentOf(to));
    }

    private static void removeOurs(Path directory, String identity) throws IOException {
        if (!Directories.exists(directory)) {
            return;
        }
        if (!isOurs(directory, identity)) {
            throw foreignStaging(directory);
        }
        Directories.deleteTree(directory);
    }

    /** @param identity as the mark has it; empty while the directory was about to be made */
    private static boolean isOurs(Path directory, String identity) throws IOException {
        return identity.isEmpty()
                ? Directories.isAbsentOrEmpty(directory)
                : identity.equals(Directories.identity(directory));
    }

    private static void create(Path directory) throws IOException {
        Directories.createPrivate(parentOf(directory));
        Directories.createNewPrivate(directory);
    }

    private static void refuseForeignStaging(Path directory) {
        if (tried("look at " + directory, () -> Directories.exists(directory))) {
            throw foreignStaging(directory);
        }
    }

    private static RuntimeException foreignStaging(Path directory) {
        return SystemProblem.FOREIGN_STAGING
                .summary("refusing to touch " + directory + ", which this agent has no record of having made")
                .hint(LEFT_BEHIND + " and run the same command again")
                .failure();
    }

    private static void requireVacant(String kind, Path directory) {
        tried("look at " + directory, () -> {
            if (!Directories.isAbsentOrEmpty(directory)) {
                throw SystemProblem.NOT_EMPTY
                        .summary("the " + kind + " directory " + directory + " is not empty")
                        .hint("whose is it? pgherder never removes what it did not make")
                        .failure();
            }
            if (Directories.exists(directory) && Directories.isMountPoint(directory)) {
                throw SystemProblem.NOT_EMPTY
                        .summary("the " + kind + " directory " + directory + " is itself a mount point")
                        .hint("name a directory below it, so that the finished one can be moved there")
                        .failure();
            }
            return true;
        });
    }

    private static Path stagingOf(Path directory) {
        return directory.resolveSibling(directory.getFileName() + STAGING);
    }

    private static Path parentOf(Path directory) {
        Path parent = directory.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("not below a root: " + directory);
        }
        return parent;
    }

    private static <T> T tried(String what, FileWork<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw FileFailure.explain(SystemProblem.FILE_FAILED.summary("could not " + what), e)
                    .failure(e);
        }
    }

    private interface FileWork<T> {
        T run() throws IOException;
    }
}
