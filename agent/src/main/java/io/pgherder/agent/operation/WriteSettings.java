package io.pgherder.agent.operation;

import io.pgherder.agent.configfile.ManagedSettings;
import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.PostmasterPid;
import io.pgherder.agent.problem.AgentProblem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

import static java.util.Objects.requireNonNull;

/**
 * Afterwards pgherder.conf holds exactly this configuration (hba excepted), postgresql.conf includes it last, and the password file holds
 * the password for the upstream. Takes effect by a reload or a restart; the password, when the standby connects the next time. A
 * program of the server has checked the settings before, and a running server checks the new file; if that found errors, the last one without
 * is back. What would beat it, because an ALTER SYSTEM has set it, stands in postgresql.auto.conf no more. An instance that somebody else has made is on the agent's record from then on.
 *
 * <pre>write pgherder.conf; psql -c 'SELECT error FROM pg_file_settings' -c 'ALTER SYSTEM RESET NAME'   (the same already: nothing)</pre>
 *
 * @param reset names of the settings to take out of postgresql.auto.conf; those that it does not have are no matter
 */
public record WriteSettings(InstancePlace place, NodeConfiguration configuration, List<String> reset)
        implements Operation {
    private static final String SAME = "the same already: nothing to do";

    public WriteSettings {
        requireNonNull(place, "place is null");
        requireNonNull(configuration, "configuration is null");
        reset = List.copyOf(reset);
        reset.forEach(name -> {
            if (!ManagedSettings.isName(name)) {
                throw new IllegalArgumentException("not the name of a setting: " + name);
            }
        });
    }

    @Override
    public String run(OperationContext context) {
        context.host().directory(place).adopt(verb());
        ConfigurationFiles files = context.host().configuration(place);
        requireGood(context, files);
        // Where no server runs, what is wrong in other files the start will tell.
        if (PostmasterPid.live(place.dataDir())
                .filter(PostmasterPid::isAccepting)
                .isEmpty()) {
            FormerSettings.beforeWriting(place, context.host(), files.settingsFor(configuration), Set.copyOf(reset))
                    .keep(context.host());
            String outcome = write(files, files.checkedManaged(), Optional.empty());
            files.clearAutoConf(Set.copyOf(reset));
            return outcome;
        }
        // Connected before anything is written: a server that cannot be asked keeps what it has.
        try (ServerSession session = ServerSession.open(place)) {
            session.files()
                    .requireOthersGood(files.settingsFor(configuration).values().keySet(), reset);
            requireLoadable(files);
            CheckedFile managed = files.checkedManaged();
            boolean kept = keepStandby(files, session);
            String outcome = write(
                    files,
                    managed,
                    Optional.of(() -> session.files().managedErrors().isEmpty()));
            // Also when nothing changed: an earlier run may have ended right after the writing.
            managed.requireGood(session.files().managedErrors().words(), badSettings());
            // Whatever no server had started with, this one has.
            FormerSettings.forget(place, context.host());
            Set<String> taken = session.files().resetAlterSystem(reset, files);
            String settings =
                    taken.isEmpty() ? outcome : and(outcome, "ALTER SYSTEM RESET " + String.join(", ", taken));
            return kept ? "standby.signal written; settings: " + settings : settings;
        }
    }

    /** Before anything is written. */
    private void requireGood(OperationContext context, ConfigurationFiles files) {
        ManagedSettings settings = files.settingsFor(configuration);
        if (files.managed().read().filter(settings.render()::equals).isPresent()) {
            return;
        }
        List<String> objections = new SettingsTrial(context.host(), place).objections(settings);
        if (!objections.isEmpty()) {
            throw badSettings()
                    .details(objections)
                    .detail("nothing was written")
                    .failure();
        }
    }

    private void requireLoadable(ConfigurationFiles files) {
        new PreloadedLibraries(place)
                .objection(files.settingsFor(configuration))
                .ifPresent(objection -> {
                    throw badSettings()
                            .detail(objection)
                            .detail("no session could begin, but the agent's own")
                            .detail("nothing was written")
                            .failure();
                });
    }

    /** It is one now: without the file its next start would make it a primary. Returns whether the file was missing. */
    private boolean keepStandby(ConfigurationFiles files, ServerSession session) {
        if (configuration.upstream().isEmpty() || !session.isInRecovery() || files.isStandby()) {
            return false;
        }
        files.standbySignal().write("");
        if (!session.isInRecovery()) {
            // Promoted at this very moment, when PostgreSQL removes the file: the one here is ours.
            files.standbySignal().delete();
            throw FollowProblem.NOT_A_STANDBY
                    .summary(place.node() + " has just been promoted: it is not a standby any more")
                    .hint("who promoted it? Look at the cluster again")
                    .failure();
        }
        return true;
    }

    private String write(ConfigurationFiles files, CheckedFile managed, Optional<BooleanSupplier> isGood) {
        ManagedSettings settings = files.settingsFor(configuration);
        boolean changed = configuration.upstream().filter(files::addPassword).isPresent();
        changed |= managed.replace(settings.render(), isGood);
        changed |= files.includeManaged();
        return changed ? "written, " + settings.values().size() + " settings" : SAME;
    }

    private static String and(String outcome, String more) {
        return outcome.equals(SAME) ? more : outcome + "; " + more;
    }

    private AgentProblem badSettings() {
        return ConfigFileProblem.BAD_SETTINGS
                .summary("the new settings of " + place.node() + " have errors")
                .hint("correct them under settings in the topology file");
    }
}
