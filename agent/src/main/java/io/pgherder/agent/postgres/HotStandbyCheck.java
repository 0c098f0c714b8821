package io.pgherder.agent.postgres;

import io.pgherder.agent.system.CommandResult;
import io.pgherder.agent.system.CommandRunner;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Whether a standby would start with its settings files as they are on disk, asked before it is stopped: of some parameters it must not
 * have less than its primary. A value that somebody has set by ALTER SYSTEM and not loaded is seen by nobody but the next start.
 *
 * @see <a href="https://www.postgresql.org/docs/15/hot-standby.html#HOT-STANDBY-ADMIN">hot standby parameters</a>
 */
public final class HotStandbyCheck {
    private final CommandRunner runner;
    private final Installation installation;
    private final InstancePlace place;
    private final Map<String, Optional<Integer>> own = new HashMap<>();

    public HotStandbyCheck(CommandRunner runner, Installation installation, InstancePlace place) {
        this.runner = requireNonNull(runner, "runner is null");
        this.installation = requireNonNull(installation, "installation is null");
        this.place = requireNonNull(place, "place is null");
    }

    /** By the WAL that it has replayed at this moment; its own files are read only once. */
    public boolean wouldStart() {
        return below().isEmpty();
    }

    /** Fails with the values if it would not start. */
    public void requireEnough() {
        List<String> below = below();
        if (!below.isEmpty()) {
            throw PostgresProblem.BELOW_PRIMARY
                    .summary(place.node() + " would not start again: it would have less than its primary")
                    .details(below)
                    .hint(
                            "who has set it so? ALTER SYSTEM RESET takes it out of postgresql.auto.conf; pgherder.conf comes from the"
                                    + " topology file. If its primary has less since a moment ago, has " + place.node()
                                    + " replayed that yet?")
                    .failure();
        }
    }

    private List<String> below() {
        return new PgControlData(runner)
                .read(installation, place.dataDir()).hotStandbyParameters().entrySet().stream()
                        .flatMap(parameter -> own(parameter.getKey())
                                .filter(own -> own < parameter.getValue())
                                .map(own -> parameter.getKey() + " would be " + own + ", and its primary has "
                                        + parameter.getValue())
                                .stream())
                        .toList();
    }

    private Optional<Integer> own(String setting) {
        return own.computeIfAbsent(setting, this::ask);
    }

    /** Empty if the program does not say: then the start will. */
    private Optional<Integer> ask(String setting) {
        CommandResult result = runner.run(FileSetting.command(installation, place, place.dataDir(), setting));
        return Optional.of(result.stdout().strip())
                .filter(value -> result.succeeded() && value.matches("\\d{1,9}"))
                .map(Integer::valueOf);
    }
}
