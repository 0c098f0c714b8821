package io.pgherder.agent.postgres;

import io.pgherder.agent.system.Command;
import io.pgherder.agent.system.CommandResult;
import io.pgherder.agent.system.CommandRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Whether a standby would start with its settings files as they are on disk, asked before it is stopped: of some parameters it must not
 * have less than its primary. A value that somebody has set by ALTER SYSTEM and not loaded is seen by nobody but the next start.
 *
 * @see <a href="https://www.postgresql.org/docs/15/hot-standby.html#HOT-STANDBY-ADMIN">hot standby parameters</a>
 */
public final class HotStandbyCheck {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final CommandRunner runner;

    public HotStandbyCheck(CommandRunner runner) {
        this.runner = runner;
    }

    /** Fails with the values if it would not. */
    public void requireEnough(Installation installation, String node, Path dataDir) {
        List<String> below = new PgControlData(runner)
                .hotStandbyParameters(installation, dataDir).entrySet().stream()
                        .flatMap(parameter -> own(installation, dataDir, parameter.getKey())
                                .filter(own -> own < parameter.getValue())
                                .map(own -> parameter.getKey() + " would be " + own + ", and its primary has "
                                        + parameter.getValue())
                                .stream())
                        .toList();
        if (!below.isEmpty()) {
            throw PostgresProblem.BELOW_PRIMARY
                    .summary(node + " would not start again: it would have less than its primary")
                    .details(below)
                    .hint(
                            "who has set it so? ALTER SYSTEM RESET takes it out of postgresql.auto.conf; pgherder.conf comes from the"
                                    + " topology file")
                    .failure();
        }
    }

    /** Empty if the program does not say: then the start will. */
    private Optional<Integer> own(Installation installation, Path dataDir, String setting) {
        CommandResult result =
                runner.run(Command.of(installation.program("postgres"), "-D", dataDir.toString(), "-C", setting)
                        .within(TIMEOUT));
        return Optional.of(result.stdout().strip())
                .filter(value -> result.succeeded() && value.matches("\\d{1,9}"))
                .map(Integer::valueOf);
    }
}
