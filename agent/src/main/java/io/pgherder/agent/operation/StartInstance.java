package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.PostmasterPid;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Afterwards the instance runs and accepts connections; a standby also streams from its upstream. Refused for a data directory that would
 * come up in another role than it is meant to. Where it does not start with settings that no server has started with since they were written, it
 * is {@linkplain StartAsBefore started with those} before them.
 *
 * <pre>pg_ctl start --pgdata=DATA_DIR        (already running: nothing)</pre>
 *
 * @param asPrimary whether it is meant to come up as a primary
 * @param leastLsn up to where standbys on its timeline have WAL: a primary is not started with less
 */
public record StartInstance(InstancePlace place, boolean asPrimary, Optional<String> leastLsn) implements Operation {
    public StartInstance {
        requireNonNull(place, "place is null");
        requireNonNull(leastLsn, "leastLsn is null");
    }

    @Override
    public String run(OperationContext context) {
        Startup startup = new Startup(context, place, asPrimary);
        startup.requireRole();
        startup.requireOwnDirectories();
        if (asPrimary && PostmasterPid.live(place.dataDir()).isEmpty()) {
            leastLsn.ifPresent(startup::requireWal);
        }
        return startup.run();
    }
}
