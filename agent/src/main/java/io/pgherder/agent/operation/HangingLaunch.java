package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.PgCtl;
import io.pgherder.agent.postgres.PostmasterPid;
import io.pgherder.agent.postgres.ServerLog;
import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.system.Cancellation;
import io.pgherder.agent.system.ProcessIdentity;
import io.pgherder.agent.system.ProcessTree;
import io.pgherder.agent.system.Wait;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A server that does not get its libraries, its addresses and its memory, because a library waits for something, or the look-up of a name does.
 * As long as it is there no other can be started, and it takes no signal but the one that kills it. Of its data it has changed nothing: one that
 * an agent has launched may be ended so, where there are other settings to start it with. One that has come so far and is slow, as one is that looks
 * for temporary files in very many directories, is never ended.
 */
record HangingLaunch(InstancePlace place, ServerLog log) {
    /** Twice as long as a resolver takes that gets no answer. */
    private static final Duration LOADS = Duration.ofMinutes(1);

    private static final Duration GONE = Duration.ofSeconds(10);

    /**
     * Waits until the server has them, or has ended.
     *
     * @param seen shown the server each time that it is looked at
     * @return false if that takes longer than it should
     */
    boolean isLoaded(Consumer<PostmasterPid> seen, Cancellation cancellation) {
        return Wait.until(LOADS, cancellation, () -> {
            Optional<PostmasterPid> server = PostmasterPid.live(place.dataDir());
            server.ifPresent(seen);
            return server.map(PostmasterPid::isLoaded).orElse(true);
        });
    }

    /** Ends it, and returns what is to be told of that; empty if no agent has launched it, or it has come further by now: then it is left as it is. */
    Optional<OperationFailed> end() {
        return PostmasterPid.live(place.dataDir())
                .filter(server -> !server.isLoaded())
                .flatMap(PostmasterPid::process)
                .filter(this::isLaunchedByAnAgent)
                .map(this::end);
    }

    /** Whoever starts a server by hand sends its words elsewhere. */
    private boolean isLaunchedByAnAgent(ProcessIdentity process) {
        return process.standardError().filter(log.startupLog()::equals).isPresent();
    }

    private OperationFailed end(ProcessIdentity process) {
        boolean isGone = ProcessTree.kill(process, GONE);
        return StartProblem.HANGS
                .summary(place.node() + " hangs before it begins to start")
                .detail(PgCtl.stillLoads(LOADS))
                .detail("it was ended, pid " + process.pid() + (isGone ? "" : ", and is not gone yet")
                        + ": it had not come to its data")
                .hint(PgCtl.WHAT_IT_WAITS_FOR)
                .failure();
    }
}
