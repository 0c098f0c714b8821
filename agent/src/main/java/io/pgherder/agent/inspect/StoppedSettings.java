package io.pgherder.agent.inspect;

import io.pgherder.agent.postgres.ConfigurationCheck;
import io.pgherder.agent.postgres.FileErrors;
import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.PgInstallations;
import io.pgherder.agent.system.CommandRunner;

/** Whether the next start of an instance that does not run could read its settings files: no server can be asked, so the program is. */
final class StoppedSettings {
    private final ConfigurationCheck check;
    private final PgInstallations installations;

    StoppedSettings(CommandRunner runner, PgInstallations installations) {
        this.check = new ConfigurationCheck(runner);
        this.installations = installations;
    }

    /**
     * What keeps it from that.
     *
     * @param majorVersion of the directory, which may differ from the declared one
     * @throws io.pgherder.agent.problem.OperationFailed if that version is not installed
     */
    FileErrors errors(InstancePlace place, int majorVersion) {
        return check.errors(installations.findFor(place, majorVersion), place);
    }
}
