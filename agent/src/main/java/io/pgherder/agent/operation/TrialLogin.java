package io.pgherder.agent.operation;

import io.pgherder.agent.configfile.PrimaryConninfo;
import io.pgherder.agent.postgres.IdentifySystem;
import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.system.Command;
import io.pgherder.agent.system.CommandResult;

/**
 * Logs in at a new upstream as the standby will, and asks of which system and on which timeline it is, before a connection that works is
 * given up for it.
 */
final class TrialLogin {
    private final OperationContext context;
    private final InstancePlace place;
    private final Upstream upstream;
    private final String user;
    private final Command command;

    /** @param conninfo the way to the upstream; its password file has the password already */
    TrialLogin(OperationContext context, InstancePlace place, Upstream upstream, PrimaryConninfo conninfo) {
        this.context = context;
        this.place = place;
        this.upstream = upstream;
        this.user = conninfo.user();
        this.command = IdentifySystem.command(context.host().installations().find(place), conninfo);
    }

    /**
     * @param own what the standby itself would answer
     * @throws io.pgherder.agent.problem.OperationFailed if the upstream would not serve it
     */
    void require(IdentifySystem.Answer own) {
        context.phase("trying to log in at " + upstream.node());
        CommandResult result = AskedAgain.untilLetIn(
                context,
                upstream,
                () -> context.host().runner().run(command, context.child(line -> {}), context.cancellation()));
        IdentifySystem.Answer found = IdentifySystem.answer(result)
                .orElseThrow(() -> notServed("could not log in at " + upstream.node())
                        .detail(result.words(command))
                        .hint(hint(result))
                        .toolOutput(result.lastErrorLines())
                        .failure());
        if (!found.systemIdentifier().equals(own.systemIdentifier())) {
            throw notServed("is of another system than " + upstream.node())
                    .detail("system identifier " + found.systemIdentifier() + " at " + upstream.host() + ":"
                            + upstream.port() + ", " + own.systemIdentifier() + " in " + place.dataDir())
                    .hint("whose server answers there?")
                    .failure();
        }
        if (found.timeline() < own.timeline()) {
            throw notServed("is on a later timeline than " + upstream.node())
                    .detail("timeline " + found.timeline() + " at " + upstream.host() + ":" + upstream.port() + ", "
                            + own.timeline() + " in " + place.dataDir())
                    .hint("does " + upstream.node()
                            + " still follow? Run the same command again once it has come to timeline "
                            + own.timeline())
                    .failure();
        }
    }

    private AgentProblem notServed(String why) {
        return FollowProblem.NOT_LET_IN.summary(place.node() + " " + why + ": it stays with its upstream");
    }

    private String hint(CommandResult result) {
        return UpstreamRefusal.in(result.lastErrorLines()).map(this::hint).orElseGet(this::isItThere);
    }

    private String hint(UpstreamRefusal refusal) {
        return switch (refusal) {
            case PASSWORD, NO_ROLE ->
                "does " + upstream.node() + " know the role \"" + user
                        + "\" and its password? A standby knows them once"
                        + " it has replayed them; then run the same command again";
            case PG_HBA -> "does pg_hba.conf of " + upstream.node() + " let \"" + user + "\" replicate from this host?";
            case FULL -> "are max_wal_senders and max_connections of " + upstream.node() + " too low?";
            case OPTIONS -> UpstreamRefusal.aboutOptions(upstream);
            case WAL_REMOVED, DIVERGED, BEHIND, NO_SLOT, SLOT_IN_USE, OTHER_SYSTEM, UNREACHABLE, OTHER_HISTORY ->
                isItThere();
        };
    }

    private String isItThere() {
        return "does " + upstream.node() + " run, and do its listen_addresses and the firewall let this host in?";
    }
}
