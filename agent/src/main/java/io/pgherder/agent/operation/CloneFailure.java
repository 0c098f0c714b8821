package io.pgherder.agent.operation;

import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.system.CommandResult;
import java.util.List;
import java.util.regex.Pattern;

/** What the last words of a failed pg_basebackup mean, and what a person can do about it. */
record CloneFailure(CloneStandby operation) {
    private static final Pattern NO_SUCH_ROLE = Pattern.compile("role \".*\" does not exist");

    AgentProblem from(CommandResult result) {
        return diagnosis(result.lastErrorLines())
                .detail("pg_basebackup exited with " + result.exitCode())
                .detail("the half made copy was removed; nothing is left in "
                        + operation.place().dataDir())
                .toolOutput(result.lastErrorLines());
    }

    /** Whether the source may let it in a moment later: one that is a standby learns of a new role or password by replication. */
    static boolean mayPass(CommandResult result) {
        return says(result.lastErrorLines(), "password authentication failed")
                || result.lastErrorLines().stream().anyMatch(NO_SUCH_ROLE.asPredicate());
    }

    AgentProblem tablespaces() {
        return CloneProblem.TABLESPACES
                .summary("cannot clone " + node() + " from " + source() + ": it has tablespaces")
                .detail("they would be copied to the same absolute paths on this host")
                .hint("pgherder cannot map tablespaces yet; clone this node by hand");
    }

    private AgentProblem diagnosis(List<String> lines) {
        String where = operation.source().host() + ":" + operation.source().port();
        String user = operation.source().credentials().user();
        if (says(lines, "No space left on device", "File too large", "Disk quota exceeded")) {
            return CloneProblem.DISK_FULL
                    .summary("could not clone " + node() + " from " + source() + ": no space left")
                    .hint("make room below " + operation.place().dataDir().getParent()
                            + ", then run the same command again");
        }
        if (says(lines, "password authentication failed", "no password supplied")) {
            return CloneProblem.REFUSED_BY_SOURCE
                    .summary("could not clone " + node() + ": " + source() + " at " + where
                            + " refuses the password of \"" + user + "\"")
                    .hint("is replication.password the password that the role has?");
        }
        if (says(lines, "no pg_hba.conf entry", "pg_hba.conf rejects")) {
            return CloneProblem.REFUSED_BY_SOURCE
                    .summary("could not clone " + node() + ": pg_hba.conf of " + source() + " does not let \"" + user
                            + "\" replicate from here")
                    .hint("is there a line like \"host replication " + user + " ADDRESS scram-sha-256\" under hba?");
        }
        if (says(lines, "Connection refused", "could not translate host name", "timeout expired", "No route to host")) {
            return CloneProblem.REFUSED_BY_SOURCE
                    .summary("could not clone " + node() + ": cannot connect to " + source() + " at " + where)
                    .hint("does it run, and do listen_addresses and the firewall let this host in?");
        }
        return CloneProblem.FAILED
                .summary("could not clone " + node() + " from " + source())
                .hint("the last lines are pg_basebackup's own");
    }

    private static boolean says(List<String> lines, String... any) {
        return lines.stream().anyMatch(line -> List.of(any).stream().anyMatch(line::contains));
    }

    private String node() {
        return operation.place().node();
    }

    private String source() {
        return operation.source().node();
    }
}
