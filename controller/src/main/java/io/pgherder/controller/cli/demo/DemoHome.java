package io.pgherder.controller.cli.demo;

import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemsException;
import io.pgherder.controller.problem.ShellCommand;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * The one directory below which the demo makes everything:
 *
 * <pre>
 * made-by-pgherder-demo   says so; without it nothing is ever removed
 * lock                    held by the demo that is at work here
 * lib/                    the agent as it runs, so that a new build does not pull it from under a running one
 * tls/                    ca, controller
 * secrets/rep.password    of the replication role
 * agents/db1/             agent.properties agent.log; tls/ state/ are the agent's own
 * run/                    the instances' sockets
 * data01/pg data02/pg     the instances; the roots that the agents may use
 * t5.yaml                 only if this machine needs the example topology changed
 * </pre>
 *
 * It lies in a directory where everybody may write, so nothing that somebody else may have put there is ever used.
 */
record DemoHome(Path root) {
    /** Named in inventories/t5.yaml too. */
    static final DemoHome USUAL = new DemoHome(Path.of("/var/tmp/pgherder-demo"));

    private static final int PASSWORD_BYTES = 18;

    DemoHome {
        requireNonNull(root, "root is null");
    }

    Path marker() {
        return root.resolve("made-by-pgherder-demo");
    }

    Path lock() {
        return root.resolve("lock");
    }

    Path lib() {
        return root.resolve("lib");
    }

    Path tls() {
        return root.resolve("tls");
    }

    Path agents() {
        return root.resolve("agents");
    }

    Path agent(String host) {
        return agents().resolve(host);
    }

    Path sockets() {
        return root.resolve("run");
    }

    Path dataRoot() {
        return root.resolve("data01/pg");
    }

    Path walRoot() {
        return root.resolve("data02/pg");
    }

    Path overlay() {
        return root.resolve("t5.yaml");
    }

    Path secrets() {
        return root.resolve("secrets");
    }

    Path password() {
        return secrets().resolve("rep.password");
    }

    boolean exists() {
        return Files.exists(root, LinkOption.NOFOLLOW_LINKS);
    }

    /** Afterwards every directory is there, closed to others as far as it can be, and the password is made. */
    void prepare(Account account) {
        try {
            claim();
            for (Path ours : new Path[] {lib(), agents()}) {
                directory(ours, "rwxr-xr-x");
            }
            for (Path closed : new Path[] {tls(), secrets()}) {
                directory(closed, "rwx------");
            }
            directory(sockets(), "rwxr-xr-x");
            account.own(sockets());
            for (Path pg : new Path[] {dataRoot(), walRoot()}) {
                directory(requireNonNull(pg.getParent()), "rwxr-xr-x");
                directory(pg, "rwx------");
                account.own(pg);
            }
            makePassword();
        } catch (IOException e) {
            throw cannotPrepare(e);
        }
    }

    /** Afterwards the directory is ours and says so. */
    void claim() throws IOException {
        make(root);
        refuseIfNotOurs();
        if (Files.notExists(marker())) {
            try (Stream<Path> content = Files.list(root)) {
                // Another demo may be making it right now, or was interrupted while it removed it.
                if (content.anyMatch(path -> !path.equals(marker()) && !path.equals(lock()))) {
                    throw notOurs(
                            "it holds files, and the demo did not make it", "move it away, or remove it yourself");
                }
            }
            Files.writeString(
                    marker(), "pgherder demo made this directory; \"pgherder demo down\" removes what it made.\n");
        }
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** @throws ProblemsException if somebody else may have put the directory there */
    void refuseIfNotOurs() throws IOException {
        if (Files.isSymbolicLink(root)) {
            throw notOurs("it is a symbolic link to " + Files.readSymbolicLink(root), "remove the link");
        }
        String owner = Files.getOwner(root, LinkOption.NOFOLLOW_LINKS).getName();
        String me = Files.getOwner(Path.of("/proc/self")).getName();
        if (!owner.equals(me)) {
            throw notOurs(
                    "it belongs to " + owner + ", and you are " + me,
                    "as " + owner + ", run: " + ShellCommand.pgherder("demo", "down"));
        }
    }

    boolean isMarked() {
        return Files.isRegularFile(marker(), LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether there is enough of it to speak of: an interrupted start may have come no further than the marker. */
    boolean isPrepared() {
        return isMarked() && Files.exists(tls().resolve("controller.key"));
    }

    static void directory(Path path, String permissions) throws IOException {
        make(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private static void make(Path path) throws IOException {
        try {
            Files.createDirectory(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
            // From an earlier run, which may have ended right here.
        }
    }

    private void makePassword() throws IOException {
        if (Files.exists(password()) && Files.size(password()) > 0) {
            return;
        }
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        Files.deleteIfExists(password());
        Files.createFile(
                password(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(password(), Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n");
    }

    ProblemsException cannotPrepare(IOException cause) {
        ProblemsException failure =
                new ProblemsException(Problem.of(DemoProblem.CANNOT_PREPARE, "could not prepare the demo in " + root)
                        .detail(cause.toString())
                        .hint("is there room, and may you write there? then run the same command again"));
        failure.initCause(cause);
        return failure;
    }

    ProblemsException notOurs(String fact, String hint) {
        return new ProblemsException(Problem.of(DemoProblem.HOME_NOT_OURS, "cannot use " + root + " for the demo")
                .detail(fact)
                .hint(hint));
    }
}
