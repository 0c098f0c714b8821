package io.pgherder.controller.cli.demo;

import io.pgherder.controller.cli.Surroundings;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code pgherder demo}: a whole cluster on this machine, for trying. It asks nothing, because it touches only what it made. */
@Command(
        name = "demo",
        description = "Bring up a whole cluster on this machine, look at it, take it down again (default: up).",
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final OtherCommands others;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "show the trace of an unexpected error")
    private boolean verbose;

    public DemoCommand(Surroundings surroundings, OtherCommands others) {
        this.surroundings = surroundings;
        this.others = arguments -> others.run(verbose ? verbosely(arguments) : arguments);
    }

    private static String[] verbosely(String... arguments) {
        return Stream.concat(Stream.of(arguments), Stream.of("-v")).toArray(String[]::new);
    }

    /** The demo applies and shows its cluster by the very commands that a person would type. */
    public interface OtherCommands {
        /** @return the exit code */
        int run(String... arguments);
    }

    /** Without a word, {@code up} is meant. */
    @Override
    public Integer call() {
        return up();
    }

    @Command(
            name = "up",
            description = "Make certificates, start three agents, apply inventories/t5.yaml. Run again: nothing to do.",
            mixinStandardHelpOptions = true)
    int up() {
        return new DemoUp(DemoHome.USUAL, surroundings, others).run();
    }

    @Command(
            name = "status",
            description = "Show the demo's agents and the tree of its nodes.",
            mixinStandardHelpOptions = true)
    int status() {
        return new DemoStatus(DemoHome.USUAL, surroundings, others).run();
    }

    @Command(
            name = "down",
            description =
                    "Stop the demo's instances and agents and remove its directory: all that it made, and nothing else.",
            mixinStandardHelpOptions = true)
    int down() {
        return new DemoDown(DemoHome.USUAL, sayer(surroundings)).run();
    }

    static Consumer<String> sayer(Surroundings surroundings) {
        return line -> {
            surroundings.err().println(line);
            surroundings.err().flush();
        };
    }
}
