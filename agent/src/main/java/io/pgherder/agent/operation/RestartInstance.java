package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.ConfigurationCheck;
import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.PgCtl;
import io.pgherder.agent.postgres.PostmasterPid;

import static java.util.Objects.requireNonNull;

/**
 * Afterwards the instance runs as a new process with every setting of its files in force. Files with errors are found before the old
 * process is stopped.
 *
 * <pre>pg_ctl restart --pgdata=DATA_DIR --mode=fast</pre>
 *
 * @param asPrimary whether it is meant to come up as a primary
 */
public record RestartInstance(InstancePlace place, boolean asPrimary) implements Operation {
    public RestartInstance {
        requireNonNull(place, "place is null");
    }

    @Override
    public String run(OperationContext context) {
        Startup startup = new Startup(context, place, asPrimary);
        startup.requireRole();
        if (PostmasterPid.live(place.dataDir())
                .filter(PostmasterPid::isAccepting)
                .isPresent()) {
            try (ServerSession session = ServerSession.open(place)) {
                session.requireGoodFiles();
            }
        }
        new ConfigurationCheck(context.host().runner())
                .requireStartable(context.host().installations().find(place), place.node(), place.dataDir());
        new StopInstance(place, PgCtl.StopMode.FAST).run(context);
        startup.run();
        return "restarted";
    }
}
