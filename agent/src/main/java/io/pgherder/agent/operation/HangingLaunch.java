package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.PostmasterPid;
import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.system.Cancellation;
import io.pgherder.agent.system.Wait;
import java.time.Duration;
import java.util.Optional;

/**
 * A server that does not get to its data, because a library waits for something, or the look-up of an address does. As long as it is there no other
 * can be started, and it takes no signal but the one that kills it. It has changed nothing yet: whoever launched it may end it so.
 */
record HangingLaunch(InstancePlace place, ServerTraces traces) {
    private static final Duration GONE = Duration.ofSeconds(10);

    /** Kills it, if it was launched here and has not begun still. Returns what is to be told: why, and that it was ended. */
    OperationFailed end(OperationFailed why) {
        Optional<PostmasterPid> hanging =
                PostmasterPid.live(place.dataDir()).filter(server -> !server.hasBegun() && !EndedMeanwhile.isTold(why));
        if (hanging.isEmpty()) {
            return why;
        }
        long pid = hanging.get().pid();
        if (!traces.isOfLaunch()) {
            return why.problem()
                    .detail("it was not launched by this command, and is left as it is, pid " + pid)
                    .failure(why);
        }
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        boolean isGone = Wait.until(
                GONE,
                Cancellation.never(),
                () -> PostmasterPid.live(place.dataDir()).isEmpty());
        return why.problem()
                .detail("it was ended, pid " + pid + (isGone ? "" : ", and is not gone yet")
                        + ": it had not come to its data")
                .failure(why);
    }
}
