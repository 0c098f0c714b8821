package io.pgherder.agent.operation;

import io.pgherder.agent.configfile.PrimaryConninfo;
import io.pgherder.agent.postgres.IdentifySystem;
import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.system.Command;
import io.pgherder.agent.system.CommandResult;
import java.util.Optional;

/** Logs in at a new upstream as the standby will, and asks which system it is of, before a connection that works is given up for it. */
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
     * @param system the standby's own system identifier
     * @throws io.pgherder.agent.problem.OperationFailed if the upstream would not serve it
     */
    void require(String system) {
        context.phase("trying to log in at " + upstream.node());
        CommandResult result = AskedAgain.untilLetIn(
                context,
                upstream,
                () -> context.host().runner().run(command, context.child(line -> {}), context.cancellation()));
        Optional<String> found = IdentifySystem.systemIdentifier(result);
        if (found.isEmpty()) {
            throw FollowProblem.NOT_LET_IN
                    .summary(place.node() + " could not log in at " + upstream.node() + ": it stays with its upstream")
                    .detail(result.words(command))
                    .hint(hint(result))
                    .toolOutput(result.lastErrorLines())
                    .failure();
        }
        if (!found.get().equals(system)) {
            throw FollowProblem.NOT_LET_IN
                    .summary(upstream.node() + " is of another system than " + place.node()
                            + ": it stays with its upstream")
                    .detail("system identifier " + found.get() + " at " + upstream.host() + ":" + upstream.port() + ", "
                            + system + " in " + place.dataDir())
                    .hint("whose server answers there?")
                    .failure();
        }
    }

    private String hint(CommandResult result) {
        return UpstreamRefusal.in(result.lastErrorLines())
                .map(refusal -> switch (refusal) {
                    case PASSWORD, NO_ROLE ->
                        "does " + upstream.node() + " know the role \"" + user
                                + "\" and its password? A standby knows them once it has"
                                + " replayed them; then run the same command again";
                    case PG_HBA ->
                        "does pg_hba.conf of " + upstream.node() + " let \"" + user + "\" replicate from this host?";
                    default -> unknown();
                })
                .orElseGet(this::unknown);
    }

    private String unknown() {
        return "does " + upstream.node() + " run, and do its listen_addresses and the firewall let this host in?";
    }
}
