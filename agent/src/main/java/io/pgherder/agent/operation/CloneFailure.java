package io.pgherder.agent.operation;

import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.system.CommandResult;
import java.util.List;

/** What the last words of a failed pg_basebackup mean, and what a person can do about it. */
record CloneFailure(CloneStandby operation) {
    AgentProblem from(CommandResult result) {
        return diagnosis(result.lastErrorLines())
                .detail("pg_basebackup exited with " + result.exitCode())
                .detail("nothing stands in " + operation.place().dataDir())
                .toolOutput(result.lastErrorLines());
    }

    AgentProblem tablespaces() {
        return CloneProblem.TABLESPACES
                .summary("cannot clone " + node() + " from " + source() + ": it has tablespaces")
                .detail("they would be copied to the same absolute paths on this host")
                .hint("pgherder cannot map tablespaces yet; clone this node by hand");
    }

    private AgentProblem diagnosis(List<String> lines) {
        if (NoSpace.isToldIn(lines)) {
            return CloneProblem.DISK_FULL
                    .summary("could not clone " + node() + " from " + source() + ": no space left")
                    .hint("make room below " + operation.place().dataDir().getParent()
                            + ", then run the same command again");
        }
        return UpstreamRefusal.in(lines).map(this::refused).orElseGet(this::unknown);
    }

    private AgentProblem refused(UpstreamRefusal refusal) {
        String where = operation.source().host() + ":" + operation.source().port();
        String user = operation.source().credentials().user();
        return switch (refusal) {
            case PASSWORD ->
                refusedBySource(source() + " at " + where + " refuses the password of \"" + user + "\"")
                        .hint("is replication.password the password that the role has?");
            case PG_HBA ->
                refusedBySource("pg_hba.conf of " + source() + " does not let \"" + user + "\" replicate from here")
                        .hint("is there a line like \"host replication " + user
                                + " ADDRESS scram-sha-256\" under hba?");
            case UNREACHABLE ->
                refusedBySource("cannot connect to " + source() + " at " + where)
                        .hint("does it run, and do listen_addresses and the firewall let this host in?");
            case FULL ->
                refusedBySource(source() + " at " + where + " has no connection left for it")
                        .hint("are max_wal_senders and max_connections there too low?");
            case OPTIONS ->
                refusedBySource("cannot connect to " + source() + " at " + where + " in this way")
                        .hint(UpstreamRefusal.aboutOptions(operation.source()));
            case NO_ROLE, WAL_REMOVED, DIVERGED, BEHIND, NO_SLOT, SLOT_IN_USE, OTHER_SYSTEM, OTHER_HISTORY -> unknown();
        };
    }

    private AgentProblem refusedBySource(String why) {
        return CloneProblem.REFUSED_BY_SOURCE.summary("could not clone " + node() + ": " + why);
    }

    private AgentProblem unknown() {
        return CloneProblem.FAILED
                .summary("could not clone " + node() + " from " + source())
                .hint("the last lines are pg_basebackup's own");
    }

    private String node() {
        return operation.place().node();
    }

    private String source() {
        return operation.source().node();
    }
}
