package io.pgherder.agent.operation;

import io.pgherder.agent.configfile.ManagedSettings;
import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.PostmasterPid;
import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.problem.OperationFailed;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the old process of a restart has in force of the settings that only a restart changes. If the new process does not start, because
 * PostgreSQL found only then what is wrong with them (a library that is not there, more memory than there is), it is started with these:
 * rather a server with old settings than none.
 */
final class FormerSettings {
    private final InstancePlace place;

    /** By names; empty: no file has set it. */
    private final SortedMap<String, Optional<String>> inForce;

    private FormerSettings(InstancePlace place, Map<String, Optional<String>> inForce) {
        this.place = place;
        this.inForce = new TreeMap<>(inForce);
    }

    /** Where no old process can be asked. */
    static FormerSettings unknown(InstancePlace place) {
        return new FormerSettings(place, Map.of());
    }

    static FormerSettings of(InstancePlace place, ConfigurationFiles files, ServerSession session) {
        return new FormerSettings(
                place, session.restartOnly(files.settings().values().keySet()));
    }

    /**
     * Starts the server that has ended again with what the old one had. Returns what is to be told instead: why it did not start, and that it
     * runs; or just why, if it lives, or there is nothing that could be put back.
     */
    OperationFailed startAgain(OperationContext context, boolean asPrimary, OperationFailed why) {
        ConfigurationFiles files = context.host().configuration(place);
        ManagedSettings written = files.settings();
        SortedMap<String, Optional<String>> former = new TreeMap<>(inForce);
        former.entrySet().removeIf(each -> written.value(each.getKey()).equals(each.getValue()));
        if (former.isEmpty() || PostmasterPid.live(place.dataDir()).isPresent()) {
            return why;
        }
        context.phase("starting it as it was before");
        files.managed().write(with(written, former).render());
        AgentProblem problem = why.problem();
        try {
            context.toItsEnd(outage -> {
                Startup startup = new Startup(outage, place, asPrimary);
                startup.awaitAccepting(startup.begin());
                return startup;
            });
        } catch (OperationFailed again) {
            return problem.detail(
                            "nor does it start as it was before, which stands in pgherder.conf again: " + words(former))
                    .failure(again);
        }
        return StartProblem.NEW_SETTINGS
                .summary(place.node() + " does not start with its new settings")
                .details(problem.details())
                .detail("it runs as before, and pgherder.conf has that again: " + words(former))
                .hint("correct them under settings in the topology file")
                .toolOutput(problem.toolOutput())
                .failure(why);
    }

    private static ManagedSettings with(ManagedSettings written, SortedMap<String, Optional<String>> former) {
        SortedMap<String, String> values = new TreeMap<>(written.values());
        former.forEach(
                (name, value) -> value.ifPresentOrElse(before -> values.put(name, before), () -> values.remove(name)));
        return new ManagedSettings(written.cluster(), values);
    }

    /** "shared_buffers = '16MB', no shared_preload_libraries". */
    private static String words(SortedMap<String, Optional<String>> settings) {
        return settings.entrySet().stream()
                .map(each -> each.getValue()
                        .map(value -> each.getKey() + " = '" + value + "'")
                        .orElse("no " + each.getKey()))
                .collect(Collectors.joining(", "));
    }
}
