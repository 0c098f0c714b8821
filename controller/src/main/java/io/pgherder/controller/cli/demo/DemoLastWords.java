package io.pgherder.controller.cli.demo;

import io.pgherder.controller.problem.ShellCommand;
import java.util.function.Consumer;

import static java.util.Objects.requireNonNull;

/**
 * What a person who presses Ctrl-C before the demo's cluster is changed wants to know.
 *
 * @param fact how far it has come
 */
record DemoLastWords(String fact, Consumer<String> say) implements Runnable {
    DemoLastWords {
        requireNonNull(fact, "fact is null");
        requireNonNull(say, "say is null");
    }

    @Override
    public void run() {
        say.accept("\n" + fact);
        say.accept(wayOn());
    }

    static String wayOn() {
        return "To go on, agents and all: " + ShellCommand.pgherder("demo") + ". To take it down: "
                + ShellCommand.pgherder("demo", "down");
    }
}
