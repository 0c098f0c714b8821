package io.pgherder.controller.drift;

import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.InstanceState.ConfigFile;
import io.pgherder.controller.observation.ServerFacts;

/**
 * A configuration file with a text that is older than the last load, although something has changed about the file since: it was moved or
 * copied into place with its times, and the server knows another one, or only its permissions were changed, or a backup has put back the
 * time of its last access, and the server knows it well. That it was edited nobody can say.
 *
 * <p>What is in force does not tell one from the other. Of pg_hba.conf a server shows only what the file says now; of pgherder.conf a line
 * that is gone is not seen where the agent's own session has another value, as of {@code statement_timeout}. So the server counts as one that
 * has not read the file: a reload that was not needed costs nothing, and one that was would be missed.
 */
public final class UnclearLoad {
    public static final String CAUSE =
            "its text is older than the last reload, but it was moved or copied here since, or its permissions"
                    + " or times were changed";

    private UnclearLoad() {}

    public static boolean isOf(InstanceState instance, ConfigFile file) {
        return instance.server()
                .filter(server -> !server.hasLoaded(file) && hasLoadedText(server, instance, file))
                .isPresent();
    }

    private static boolean hasLoadedText(ServerFacts server, InstanceState instance, ConfigFile file) {
        return instance.file(file.path())
                .filter(stamp -> !server.configLoadedAt().isBefore(stamp.writtenAt()))
                .isPresent();
    }
}
