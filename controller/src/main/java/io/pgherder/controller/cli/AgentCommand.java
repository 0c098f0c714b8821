package io.pgherder.controller.cli;

import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemsException;
import io.pgherder.controller.problem.ProgramName;
import io.pgherder.controller.problem.ShellCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * {@code pgherder agent}, for the help alone: the launcher runs the agent, which is a program of its own, and comes here only for what
 * is not for it.
 */
@Command(
        name = "agent",
        description = "Run the agent on a database host; see docs/first-cluster.md.",
        customSynopsis = "pgherder agent --config FILE [--check]",
        footer = {"", "\"pgherder agent --help\" tells more, where the agent is installed."})
public final class AgentCommand implements Runnable {
    @Unmatched
    private List<String> forTheAgent = new ArrayList<>();

    @Override
    public void run() {
        String hint = ProgramName.ofTheLauncher()
                .map(this::withLauncher)
                .orElse("the launcher runs it: the file pgherder of a checkout, with the agent's jar beside it");
        throw new ProblemsException(Problem.of(CliProblem.USAGE, "the agent is a program of its own, not in this jar")
                .hint(hint));
    }

    private String withLauncher(String launcher) {
        return ShellCommand.of(Stream.concat(Stream.of(launcher, "agent"), forTheAgent.stream())
                .toArray(String[]::new));
    }
}
