package io.pgherder.agent.operation;

import io.pgherder.agent.configfile.ManagedSettings;
import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.PostmasterPid;
import io.pgherder.agent.system.AtomicFile;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Afterwards pgherder.conf holds exactly this configuration (hba excepted) and postgresql.conf includes it last. Takes effect by a reload
 * or a restart. A running server has checked the new file; if it found errors, the old file is back.
 *
 * <pre>write pgherder.conf; psql -c 'SELECT error FROM pg_file_settings'        (the same already: nothing)</pre>
 */
public record WriteSettings(InstancePlace place, NodeConfiguration configuration) implements Operation {
    public WriteSettings {
        requireNonNull(place, "place is null");
        requireNonNull(configuration, "configuration is null");
    }

    @Override
    public String run(OperationContext context) {
        ConfigurationFiles files = context.host().configuration(place);
        boolean changed = configuration.upstream().filter(files::writePassfile).isPresent();
        AtomicFile managed = files.managed();
        Optional<String> old = managed.read();
        ManagedSettings settings = files.settingsFor(configuration);
        changed |= managed.writeIfChanged(settings.render());
        changed |= files.includeManaged();
        if (!changed) {
            return "the same already: nothing to do";
        }
        check(managed, old);
        return "written, " + settings.values().size() + " settings";
    }

    private void check(AtomicFile managed, Optional<String> old) {
        List<String> errors = errors();
        if (!errors.isEmpty()) {
            // An include of a file that is not there would be an error of its own.
            managed.write(old.orElse(""));
            throw OperationProblem.CONFIG_BAD_SETTINGS
                    .summary("the new settings of " + place.node() + " have errors")
                    .details(errors)
                    .detail("the file is as it was before, and nothing was reloaded")
                    .hint("correct them under settings in the topology file")
                    .failure();
        }
    }

    /** None known where no server runs: the start will tell. */
    private List<String> errors() {
        if (PostmasterPid.live(place.dataDir())
                .filter(PostmasterPid::isAccepting)
                .isEmpty()) {
            return List.of();
        }
        try (ServerSession session = ServerSession.open(place)) {
            // Errors in other files are not ours to undo; a reload reports them.
            return session.settingsErrors().stream()
                    .filter(error -> error.contains("/" + ManagedSettings.FILE + ":"))
                    .toList();
        }
    }
}
