package io.pgherder.controller.cli.demo;

import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ShellCommand;
import io.pgherder.controller.topology.TopologyProblem;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The password that inventories/t5.yaml names is made by the demo: whoever reads that file before the demo is up has to bring it up, not to
 * write a password.
 */
public final class DemoSecret {
    private DemoSecret() {}

    /** The same problem; if it is that this file is missing, with the hint that helps. */
    public static Problem explained(Problem problem) {
        return explained(problem, DemoHome.USUAL);
    }

    static Problem explained(Problem problem, DemoHome home) {
        Path secret = home.password();
        boolean isMissing = problem.code().equals(TopologyProblem.SECRET_NOT_USABLE.id())
                && problem.summary().endsWith(" " + secret)
                && Files.notExists(secret);
        return isMissing
                ? problem.hint("the demo makes it, with all that this topology needs: " + ShellCommand.pgherder("demo"))
                : problem;
    }
}
