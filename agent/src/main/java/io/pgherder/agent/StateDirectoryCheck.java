package io.pgherder.agent;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Whether a directory that exists may hold the agent's state: passwords, and notes that nobody else may write. What is asked of a person
 * never takes a directory away from somebody else: only an empty one, or an agent's own, is to be given to the agent.
 */
record StateDirectoryCheck(Path directory, String account) {
    private static final String ROOT = "root";
    private static final String PRIVATE = "rwx------";

    record Complaint(String words, String hint) {}

    Optional<Complaint> complaint() {
        try {
            String owner = Files.getOwner(directory).getName();
            // Root is refused anyway, and what belongs to root is for no account that an agent may have.
            if (!owner.equals(account) && !account.equals(ROOT)) {
                return Optional.of(
                        new Complaint("belongs to " + owner + ", and this agent is " + account, whoseElse(owner)));
            }
            String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(directory));
            if (!permissions.equals(PRIVATE)) {
                return Optional.of(new Complaint(
                        "is open to others (" + permissions + "); it holds passwords",
                        mayBeGiven() ? "chmod 700 " + directory : anotherDirectory()));
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(new Complaint("cannot be looked at: " + e.getMessage(), ""));
        }
    }

    private String whoseElse(String owner) {
        String give = mayBeGiven() ? "chown " + account + " " + directory + " and chmod 700 it" : anotherDirectory();
        return owner.equals(ROOT)
                ? give
                : give + ", or run the agent as " + owner + " if " + directory + " is the state of an agent of "
                        + owner;
    }

    private static String anotherDirectory() {
        return "name a directory of the agent's own, /var/lib/pgherder perhaps: it is made if it does not exist";
    }

    /** One that cannot be read is somebody's, and those below / are the system's. */
    private boolean mayBeGiven() {
        if (Files.exists(directory.resolve("agent.pid"))) {
            return true;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            return directory.getNameCount() > 1 && !entries.iterator().hasNext();
        } catch (IOException e) {
            return false;
        }
    }
}
