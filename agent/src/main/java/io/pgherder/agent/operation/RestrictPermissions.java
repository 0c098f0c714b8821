package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.system.DirectoryMode;
import io.pgherder.agent.system.FileFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * Afterwards these directories of the instance have none of the permissions with which PostgreSQL would not start: they are its account's
 * alone; or, of an instance that was made with {@code --allow-group-access}, readable by the group. What the owner may, and what is in them, is
 * left as it is; so is the server, whether it runs or not.
 *
 * <pre>chmod go-rwx DATA_DIR           (or g-w,o-rwx; is so already: nothing)</pre>
 *
 * @see <a href="https://www.postgresql.org/docs/15/app-initdb.html#APP-INITDB-ALLOW-GROUP-ACCESS">--allow-group-access</a>
 */
public record RestrictPermissions(InstancePlace place, List<Directory> directories) implements Operation {
    /** A directory that an instance has to itself. */
    public enum Directory {
        DATA,
        WAL
    }

    /** @throws IllegalArgumentException for no directory, or the WAL directory of an instance that has none apart */
    public RestrictPermissions {
        requireNonNull(place, "place is null");
        directories = List.copyOf(directories);
        if (directories.isEmpty()
                || (directories.contains(Directory.WAL) && place.walDir().isEmpty())) {
            throw new IllegalArgumentException("no directory to restrict: " + directories);
        }
    }

    @Override
    public String run(OperationContext context) {
        List<String> restricted = new ArrayList<>();
        for (Directory each : directories) {
            Path directory = each == Directory.DATA ? data(context) : wal();
            try {
                DirectoryMode before = DirectoryMode.of(directory);
                if (!before.isClosedToOthers()) {
                    before.closedToOthers(groupReads()).giveTo(directory);
                    restricted.add(directory + " has mode " + requireClosed(directory) + ", had " + before);
                }
            } catch (IOException e) {
                throw FileFailure.explain(stillOpen(directory), e)
                        .hint("whose is it, and what file system is it on?  ls -ld " + directory)
                        .failure(e);
            }
        }
        return restricted.isEmpty() ? "closed to others already: nothing to do" : String.join("; ", restricted);
    }

    /** As it was made; the mode of its directory is what somebody has changed. */
    private boolean groupReads() throws IOException {
        return Files.getPosixFilePermissions(place.dataDir().resolve("PG_VERSION"))
                .contains(PosixFilePermission.GROUP_READ);
    }

    private Path data(OperationContext context) {
        if (Files.isSymbolicLink(place.dataDir())) {
            throw notOfTheInstance(place.dataDir(), "it is a link by now");
        }
        if (!context.host().directory(place).holdsInstance()) {
            throw notOfTheInstance(place.dataDir(), "there is no instance in it");
        }
        return place.dataDir();
    }

    private Path wal() {
        Path declared = place.walDir().orElseThrow();
        Path link = place.dataDir().resolve("pg_wal");
        try {
            Path real = link.toRealPath();
            if (!real.equals(declared)) {
                throw notOfTheInstance(declared, link + " is " + real);
            }
        } catch (IOException e) {
            throw FileFailure.explain(
                            PermissionProblem.NOT_OF_THE_INSTANCE.summary(
                                    "could not find out where the WAL of " + place.node() + " is"),
                            e)
                    .failure(e);
        }
        return declared;
    }

    private RuntimeException notOfTheInstance(Path directory, String why) {
        return PermissionProblem.NOT_OF_THE_INSTANCE
                .summary("refusing to change the permissions of " + directory + ": it is no directory of "
                        + place.node())
                .detail(why)
                .hint("has somebody moved it? Look at the cluster again")
                .failure();
    }

    /** There are file systems that take every mode and keep their own. */
    private static DirectoryMode requireClosed(Path directory) throws IOException {
        DirectoryMode after = DirectoryMode.of(directory);
        if (!after.isClosedToOthers()) {
            throw stillOpen(directory)
                    .detail("it has mode " + after + " although that was changed")
                    .hint(
                            "does its file system keep modes? One that does not needs a mount option such as dmask=0077:  findmnt -T "
                                    + directory)
                    .failure();
        }
        return after;
    }

    private static AgentProblem stillOpen(Path directory) {
        return PermissionProblem.STILL_OPEN.summary("could not close " + directory + " to others");
    }
}
