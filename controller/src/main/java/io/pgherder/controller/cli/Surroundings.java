package io.pgherder.controller.cli;

import io.pgherder.controller.execution.AgentsConnector;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What a command finds around itself. All of it is handed in, so that a test can be the surroundings.
 *
 * @param out for results
 * @param err for progress, questions, warnings and errors
 * @param terminals which of the three streams are terminals
 * @param agents how agents are reached
 * @param interrupts how a person's Ctrl-C is heard
 */
public record Surroundings(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Terminals terminals,
        Map<String, String> environment,
        Clock clock,
        AgentsConnector agents,
        Interrupts interrupts) {
    public Surroundings {
        requireNonNull(in, "in is null");
        requireNonNull(out, "out is null");
        requireNonNull(err, "err is null");
        requireNonNull(terminals, "terminals is null");
        environment = Map.copyOf(environment);
        requireNonNull(clock, "clock is null");
        requireNonNull(agents, "agents is null");
        requireNonNull(interrupts, "interrupts is null");
    }

    /** For a command that is a part of another one: whether nothing has been changed, only that one could say. */
    Surroundings amidAnotherCommand() {
        return new Surroundings(
                in, out, err, terminals, environment, clock, agents, stop -> interrupts.redirectTo(stop));
    }

    /** The value of an environment variable; empty if it is unset or blank. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
