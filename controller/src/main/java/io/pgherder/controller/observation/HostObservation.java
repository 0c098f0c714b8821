package io.pgherder.controller.observation;

import io.pgherder.controller.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/** A host as its agent describes it, or why the agent could not be asked. */
public sealed interface HostObservation {
    String host();

    /**
     * The agent answered.
     *
     * @param protocol how much of the contract the agent speaks
     * @param clockOffset the agent's clock minus the controller's, as far as the round trip does not explain it
     * @param roundTrip how long the answer took
     * @param lock who holds the cluster's lock at this agent
     * @param newestToken the newest lock token that this agent has granted for the cluster; 0 if none
     */
    record Answered(
            String host,
            String hostname,
            String agentVersion,
            int protocol,
            String account,
            List<String> allowedRoots,
            List<Installation> installations,
            String socketDir,
            Duration clockOffset,
            Duration roundTrip,
            Optional<LockHolder> lock,
            long newestToken)
            implements HostObservation {
        public Answered {
            requireNonNull(host, "host is null");
            requireNonNull(hostname, "hostname is null");
            requireNonNull(agentVersion, "agentVersion is null");
            requireNonNull(account, "account is null");
            requireNonNull(socketDir, "socketDir is null");
            requireNonNull(clockOffset, "clockOffset is null");
            requireNonNull(roundTrip, "roundTrip is null");
            requireNonNull(lock, "lock is null");
            allowedRoots = List.copyOf(allowedRoots);
            installations = List.copyOf(installations);
        }
    }

    /** The agent could not be asked, for this reason. */
    record Silent(String host, Problem why) implements HostObservation {
        public Silent {
            requireNonNull(host, "host is null");
            requireNonNull(why, "why is null");
        }
    }

    /** The programs of one PostgreSQL version, such as 15.18 in /usr/lib/postgresql/15/bin. */
    record Installation(int majorVersion, String version, String binDir) {}
}
