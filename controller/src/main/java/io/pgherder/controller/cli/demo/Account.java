package io.pgherder.controller.cli.demo;

import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.ArrayList;
import java.util.List;

/**
 * The ordinary account that agents and instances run under: whoever runs pgherder, or, for root, who must not, another one.
 *
 * @param dropsRoot whether a program has to be brought there from root
 */
record Account(String name, String group, boolean dropsRoot) {
    private static final String USUAL = "postgres";

    static Account forAgents() {
        String me = System.getProperty("user.name");
        if (!isRoot()) {
            return new Account(me, groupOf(me), false);
        }
        String name = System.getenv().getOrDefault("PGHERDER_AGENT_ACCOUNT", USUAL);
        return new Account(name, groupOf(name), true);
    }

    /** An account that can do nothing at all, for agents that shall do nothing; whoever runs pgherder, if that is not root. */
    static Account powerless() {
        return isRoot() ? new Account("nobody", groupOf("nobody"), true) : forAgents();
    }

    static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException e) {
            throw new UncheckedIOException("could not find out which account this is", e);
        }
    }

    private static String groupOf(String account) {
        HostCommand.Result id =
                HostCommand.of(List.of("id", "-gn", "--", account)).run();
        if (!id.succeeded()) {
            throw new ProblemsException(
                    Problem.of(DemoProblem.NO_ACCOUNT, "there is no account \"" + account + "\" for the agents")
                            .hint("apt-get install postgresql makes it; or name another in PGHERDER_AGENT_ACCOUNT"));
        }
        return id.firstLine();
    }

    /** The same program, run under this account. */
    List<String> command(List<String> argv) {
        if (!dropsRoot) {
            return argv;
        }
        List<String> dropped =
                new ArrayList<>(List.of("setpriv", "--reuid=" + name, "--regid=" + group, "--init-groups", "--"));
        dropped.addAll(argv);
        return dropped;
    }

    /** Afterwards the file or directory belongs to this account. */
    void own(Path path) throws IOException {
        if (!dropsRoot) {
            return;
        }
        UserPrincipalLookupService names = path.getFileSystem().getUserPrincipalLookupService();
        PosixFileAttributeView view =
                Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        view.setOwner(names.lookupPrincipalByName(name));
        view.setGroup(names.lookupPrincipalByGroupName(group));
    }
}
