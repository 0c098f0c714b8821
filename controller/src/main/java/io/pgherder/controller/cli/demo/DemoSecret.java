package io.pgherder.controller.cli.demo;

import io.pgherder.controller.problem.ShellCommand;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The password that inventories/t5.yaml names is made by the demo: whoever reads that file before the demo is up has to bring it up, not to
 * write a password.
 */
public final class DemoSecret {
    private DemoSecret() {}

    /** The hint that helps where this secret is missing; empty if it is none that the demo makes. */
    public static Optional<String> maker(Path missing) {
        return maker(missing, DemoHome.USUAL);
    }

    static Optional<String> maker(Path missing, DemoHome home) {
        return missing.equals(home.password())
                ? Optional.of("the demo makes it, with all that this topology needs: " + ShellCommand.pgherder("demo"))
                : Optional.empty();
    }
}
