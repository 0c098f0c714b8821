package io.pgherder.agent.operation;

import io.pgherder.agent.configfile.ManagedSettings;
import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.SessionLibraries;
import io.pgherder.agent.problem.AgentProblem;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The libraries that a server loads for every session. A reload and a start take any name for one; where there is no such library, every session
 * ends before it begins. The agent's own do without, so a server that lets no client in looks well to it: hence a session like any other.
 *
 * @see <a href="https://www.postgresql.org/docs/15/runtime-config-client.html#RUNTIME-CONFIG-CLIENT-PRELOAD">shared library preloading</a>
 */
final class PreloadedLibraries {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final InstancePlace place;

    PreloadedLibraries(InstancePlace place) {
        this.place = place;
    }

    /** What a running server has against the libraries that new settings name, in its words; empty if it loads them, or none are named. */
    Optional<String> objection(ManagedSettings settings) {
        Map<String, String> libraries = new TreeMap<>();
        SessionLibraries.SETTINGS.forEach(name -> settings.value(name).ifPresent(value -> libraries.put(name, value)));
        return libraries.isEmpty()
                ? Optional.empty()
                : SessionLibraries.objection(place, libraries, PATIENCE)
                        .map(objection -> String.join(", ", libraries.keySet()) + ": " + objection);
    }

    /** Fails if the running server ends every session because of a library. */
    void requireLoaded() {
        SessionLibraries.objection(place, Map.of(), PATIENCE).ifPresent(objection -> {
            AgentProblem problem = StartProblem.NO_SESSIONS
                    .summary(place.node() + " runs, and ends every session before it begins")
                    .detail(objection)
                    .hint("correct " + String.join(" or ", SessionLibraries.SETTINGS)
                            + " under settings in the topology file, or where else it is set, and reload");
            throw problem.failure();
        });
    }
}
