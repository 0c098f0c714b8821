package io.pgherder.controller.observation;

import io.pgherder.controller.pgvalue.SystemIdentifier;
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
     * @param machine the same for agents that see the same processes: several may run on one machine, as several hosts; what an agent that does not
     *     tell it goes by is its hostname
     * @param protocol how much of the contract the agent speaks
     * @param clockOffset the agent's clock minus the controller's, as far as the round trip does not explain it
     * @param roundTrip how long the answer took
     * @param lock who holds the cluster's lock at this agent
     * @param newestToken the newest lock token that this agent has granted for the cluster; 0 if none
     * @param instances those on the host, of whatever cluster: all that run under the agent's account, and those that the agent installed
     *     and that do not run
     */
    record Answered(
            String host,
            String hostname,
            String machine,
            String agentVersion,
            int protocol,
            String account,
            List<String> allowedRoots,
            List<Installation> installations,
            String socketDir,
            Duration clockOffset,
            Duration roundTrip,
            Optional<LockHolder> lock,
            long newestToken,
            LocalInstances instances)
            implements HostObservation {
        public Answered {
            requireNonNull(host, "host is null");
            requireNonNull(hostname, "hostname is null");
            requireNonNull(machine, "machine is null");
            requireNonNull(agentVersion, "agentVersion is null");
            requireNonNull(account, "account is null");
            requireNonNull(socketDir, "socketDir is null");
            requireNonNull(clockOffset, "clockOffset is null");
            requireNonNull(roundTrip, "roundTrip is null");
            requireNonNull(lock, "lock is null");
            allowedRoots = List.copyOf(allowedRoots);
            installations = List.copyOf(installations);
            requireNonNull(instances, "instances is null");
        }
    }

    /** The agent could not be asked, for this reason. */
    record Silent(String host, Problem why) implements HostObservation {
        public Silent {
            requireNonNull(host, "host is null");
            requireNonNull(why, "why is null");
        }
    }

    /**
     * What the agent came upon.
     *
     * @param unseen why there may be more, such as directories that do not answer; empty: these are all
     */
    record LocalInstances(List<LocalInstance> found, List<Problem> unseen) {
        public LocalInstances {
            found = List.copyOf(found);
            unseen = List.copyOf(unseen);
        }

        /** Nothing could be left out. */
        public static LocalInstances all(List<LocalInstance> found) {
            return new LocalInstances(found, List.of());
        }
    }

    /**
     * An instance on a host, whether anybody asked for it or not. Of one outside the agent's allowed roots only its directory, port and pid
     * are known.
     *
     * @param dataDir with symbolic links resolved
     * @param port that it listens on; of a stopped one, that its pgherder.conf says; 0: not known
     * @param pid of its postmaster; 0: it does not run
     * @param majorVersion 0: not known
     * @param cluster that its pgherder.conf was written for; empty: there is no such file, or it does not say
     * @param node cluster_name in its pgherder.conf; empty: there is none
     * @param standbySignal whether it comes up as a standby when it is started
     * @param installedHere whether the agent that tells of it installed it: of several on one machine each sees all that runs
     * @param configDir where its postgresql.conf is, if that is not the data directory
     * @param system empty: not known
     */
    record LocalInstance(
            String dataDir,
            int port,
            long pid,
            int majorVersion,
            String cluster,
            String node,
            boolean standbySignal,
            boolean installedHere,
            Optional<String> configDir,
            Optional<SystemIdentifier> system) {
        public LocalInstance {
            requireNonNull(dataDir, "dataDir is null");
            requireNonNull(cluster, "cluster is null");
            requireNonNull(node, "node is null");
            requireNonNull(configDir, "configDir is null");
            requireNonNull(system, "system is null");
        }

        public boolean isRunning() {
            return pid != 0;
        }
    }

    /** The programs of one PostgreSQL version, such as 15.18 in /usr/lib/postgresql/15/bin. */
    record Installation(int majorVersion, String version, String binDir) {}
}
