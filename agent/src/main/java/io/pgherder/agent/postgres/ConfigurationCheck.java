package io.pgherder.agent.postgres;

import io.pgherder.agent.system.Command;
import io.pgherder.agent.system.CommandResult;
import io.pgherder.agent.system.CommandRunner;

/**
 * {@code postgres -C}: whether a server would start with its settings files as they are on disk, asked without starting one. A running
 * server cannot tell: of a setting that waits for a restart it does not say whether a later value is one that it can have.
 */
public final class ConfigurationCheck {
    private final CommandRunner runner;

    public ConfigurationCheck(CommandRunner runner) {
        this.runner = runner;
    }

    /** Fails with the program's own words if it would not. */
    public void requireStartable(Installation installation, InstancePlace place) {
        // Any name will do: all the files are read first.
        Command command = FileSetting.command(installation, place, place.dataDir(), "port");
        CommandResult result = runner.run(command);
        if (!result.succeeded()) {
            throw PostgresProblem.BAD_CONFIGURATION
                    .summary(place.node() + " would not start with its settings as they are in its files")
                    .detail(result.words(command))
                    .hint("whose lines are these? Those in pgherder.conf come from the topology file")
                    .toolOutput(result.lastErrorLines())
                    .failure();
        }
    }
}
