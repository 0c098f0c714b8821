package io.pgherder.controller.cli;

import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemsException;
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
        throw new ProblemsException(Problem.of(CliProblem.USAGE, "the agent is a program of its own, not in this jar")
                .hint(ShellCommand.pgherder(
                        Stream.concat(Stream.of("agent"), forTheAgent.stream()).toArray(String[]::new))));
    }
}
