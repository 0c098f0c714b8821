package io.pgherder.controller.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Commands about a topology file that a person is told to run next: they repeat what was said this time and has to be said again.
 *
 * @param again options that every command needs: {@code --tls DIR}
 */
public record NextCommands(List<String> again) {
    public NextCommands {
        again = List.copyOf(again);
    }

    /** The same commands with further options, before those that every command needs. */
    public NextCommands also(List<String> options) {
        return new NextCommands(Stream.concat(options.stream(), again.stream()).toList());
    }

    /**
     * {@code pgherder apply orders.yaml --tls certs}.
     *
     * @param topology the file as the user named it
     * @param more further options
     */
    public String of(String verb, String topology, String... more) {
        List<String> words = new ArrayList<>(List.of(verb, topology));
        words.addAll(List.of(more));
        words.addAll(again);
        return ShellCommand.pgherder(words.toArray(String[]::new));
    }
}
