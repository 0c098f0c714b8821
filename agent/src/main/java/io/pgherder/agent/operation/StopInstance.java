package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.PgCtl;
import java.time.Duration;

import static java.util.Objects.requireNonNull;

/**
 * Afterwards the instance does not run.
 *
 * <pre>pg_ctl stop --pgdata=DATA_DIR --mode=fast        (not running: nothing)</pre>
 */
public record StopInstance(InstancePlace place, PgCtl.StopMode mode) implements Operation {
    /** A shutdown checkpoint of a busy server takes its time; the operation can be cancelled, the stopping cannot. */
    static final Duration WITHIN = Duration.ofMinutes(5);

    public StopInstance {
        requireNonNull(place, "place is null");
        requireNonNull(mode, "mode is null");
    }

    @Override
    public String run(OperationContext context) {
        return within(WITHIN, context);
    }

    /** @param longest how long it is waited for the end */
    String within(Duration longest, OperationContext context) {
        context.phase("stopping, for at most " + longest.toMinutes() + " min");
        boolean stopped = new PgCtl(context.host().runner())
                .stop(
                        context.host().installations().find(place),
                        place.node(),
                        place.dataDir(),
                        mode,
                        longest,
                        context.cancellation());
        return stopped ? "stopped" : "not running: nothing to do";
    }
}
