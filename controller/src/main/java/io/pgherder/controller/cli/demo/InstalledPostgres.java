package io.pgherder.controller.cli.demo;

import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemsException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** PostgreSQL's server programs as Debian and its kin install them. */
final class InstalledPostgres {
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final int OLDEST = 13;
    private static final int NEWEST = 18;
    private static final List<String> PROGRAMS =
            List.of("postgres", "initdb", "pg_ctl", "pg_basebackup", "pg_controldata", "psql");

    /** Read when Debian's packages decide whether to make and start a cluster of their own. */
    private static final Path NO_CLUSTER = Path.of("/etc/postgresql-common/createcluster.d/pgherder-demo.conf");

    private final Consumer<String> say;

    InstalledPostgres(Consumer<String> say) {
        this.say = say;
    }

    /** Before anything is made. @throws ProblemsException if there is none and this is not root, who may install it */
    void refuseIfOutOfReach(int wanted) {
        if (find(wanted).isEmpty() && !mayInstall()) {
            throw missing("none of the versions " + OLDEST + " to " + NEWEST + " is complete below " + VERSIONS);
        }
    }

    private static boolean mayInstall() {
        return Account.isRoot() && Files.isExecutable(Path.of("/usr/bin/apt-get"));
    }

    /**
     * The major version to use: the wanted one if it is there, else the newest. Installs the distribution's if there is none.
     */
    int majorVersion(int wanted) {
        return find(wanted).orElseGet(() -> {
            install();
            return find(wanted)
                    .orElseThrow(() -> missing("apt-get installed PostgreSQL, and " + VERSIONS + " still has none"));
        });
    }

    static Path binDir(int majorVersion) {
        return VERSIONS.resolve(majorVersion + "/bin");
    }

    private static Optional<Integer> find(int wanted) {
        if (isComplete(wanted)) {
            return Optional.of(wanted);
        }
        return IntStream.rangeClosed(OLDEST, NEWEST)
                .filter(InstalledPostgres::isComplete)
                .boxed()
                .reduce((older, newer) -> newer);
    }

    private static boolean isComplete(int majorVersion) {
        return PROGRAMS.stream()
                .allMatch(program -> Files.isExecutable(binDir(majorVersion).resolve(program)));
    }

    private void install() {
        say.accept("PostgreSQL is not installed: installing the distribution's (apt-get install postgresql)");
        boolean placed = keepDebianFromMakingACluster();
        try {
            apt("update");
            apt("install", "-y", "--no-install-recommends", "postgresql");
        } finally {
            if (placed) {
                allowClustersAgain();
            }
        }
    }

    private void apt(String... arguments) {
        List<String> argv = new ArrayList<>(List.of("apt-get", "-q"));
        argv.addAll(List.of(arguments));
        HostCommand.Result result = new HostCommand(argv, Map.of("DEBIAN_FRONTEND", "noninteractive")).run(line -> {
            if (line.startsWith("Setting up postgresql")) {
                say.accept("  " + line);
            }
        });
        if (!result.succeeded()) {
            throw new ProblemsException(Problem.of(
                            DemoProblem.NO_POSTGRES,
                            "could not install PostgreSQL: " + String.join(" ", argv) + " failed")
                    .toolOutput(result.lastLines())
                    .hint("can this machine reach its package mirror? try: apt-get install postgresql"));
        }
    }

    /** @return whether the file is ours to take away again */
    private static boolean keepDebianFromMakingACluster() {
        try {
            Files.createDirectories(NO_CLUSTER.getParent());
            Files.createFile(NO_CLUSTER);
            Files.writeString(NO_CLUSTER, "create_main_cluster = false\n");
            return true;
        } catch (FileAlreadyExistsException e) {
            return true; // from a demo that was killed while it installed
        } catch (IOException e) {
            return false; // then Debian makes its cluster on port 5432, which is in nobody's way
        }
    }

    private void allowClustersAgain() {
        try {
            Files.deleteIfExists(NO_CLUSTER);
        } catch (IOException e) {
            say.accept("could not remove " + NO_CLUSTER + ": " + e);
        }
    }

    private static ProblemsException missing(String fact) {
        return new ProblemsException(Problem.of(DemoProblem.NO_POSTGRES, "PostgreSQL is not installed")
                .detail(fact)
                .hint("sudo apt-get install postgresql"));
    }
}
