package io.pgherder.agent.postgres;

import io.pgherder.agent.system.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** {@code postgres -C}: the value of a setting that a start with the files as they are on disk would take, asked without starting one. */
final class FileSetting {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private FileSetting() {}

    /** @param dataDir that it would be started with */
    static Command command(Installation installation, InstancePlace place, Path dataDir, String setting) {
        return command(installation, place.configOptions(), dataDir, setting);
    }

    /**
     * @param options that it would be started with
     * @param dataDir the same
     */
    static Command command(Installation installation, List<String> options, Path dataDir, String setting) {
        return Command.of(installation.program("postgres"), "-D", dataDir.toString())
                .with(options.toArray(String[]::new))
                .with("-C", setting)
                .within(TIMEOUT);
    }
}
