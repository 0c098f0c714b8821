package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.PostmasterPid;
import io.pgherder.agent.system.ProcessIdentity;
import java.util.Optional;

/**
 * The server of an instance before its restart, by its pid and when it started: a pid may be given anew.
 *
 * @param process empty if none ran
 */
record OldProcess(String node, Optional<ProcessIdentity> process) {
    static OldProcess of(InstancePlace place) {
        return new OldProcess(place.node(), PostmasterPid.live(place.dataDir()).flatMap(PostmasterPid::process));
    }

    /** Fails if it runs still: then what accepts connections is no new process, whatever pg_ctl has said. */
    void requireGone() {
        process.filter(ProcessIdentity::isAlive).ifPresent(alive -> {
            throw StartProblem.OLD_PROCESS
                    .summary("the server of " + node + " was restarted, and its old process runs still")
                    .detail("its pid is " + alive.pid() + ", as before; no setting that needs a restart is in force")
                    .hint("does something start or hold the server beside the agent?")
                    .failure();
        });
    }
}
