package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.InitDb;
import io.pgherder.agent.postgres.Installation;
import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.system.CommandResult;
import io.pgherder.agent.system.DataDirectory;

import static java.util.Objects.requireNonNull;

/**
 * Afterwards the data directory holds a new, configured instance, installed, not started. Refused where anything is already, or
 * where the agent remembers an instance that is no longer there.
 *
 * <pre>initdb --pgdata=STAGING --waldir=WAL_STAGING --no-sync ... &amp;&amp; sync -f STAGING WAL_STAGING
 * &amp;&amp; mv WAL_STAGING WAL_DIR &amp;&amp; mv STAGING DATA_DIR</pre>
 *
 * @param encoding as initdb takes it: "UTF8"; empty: its own choice
 * @param locale as initdb takes it: "C.UTF-8"; empty: its own choice
 */
public record InitPrimary(
        InstancePlace place, String encoding, String locale, boolean dataChecksums, NodeConfiguration configuration)
        implements Operation {
    public InitPrimary {
        requireNonNull(place, "place is null");
        requireNonNull(encoding, "encoding is null");
        requireNonNull(locale, "locale is null");
        requireNonNull(configuration, "configuration is null");
    }

    @Override
    public String run(OperationContext context) {
        DataDirectory directory = context.host().directory(place);
        directory.settle();
        if (directory.wasInstalledBy(verb())) {
            return "already initialised: nothing to do";
        }
        directory.requireVacant();
        refuseInPlaceOfOneThatVanished(directory);
        Installation installation = context.host().installations().find(place);
        Staging staging = new Staging(directory, context.host().files(place), verb(), installation, context);
        return staging.install(bySync -> {
            staging.requireConfigurationElsewhere(place);
            initialise(context, installation, directory, bySync);
            context.host().staged(place, bySync).writeNew(configuration);
            return "initialised, PostgreSQL " + installation.version();
        });
    }

    /** A standby is cloned again without harm; an empty primary in the place of one with data is the loss of the cluster. */
    private void refuseInPlaceOfOneThatVanished(DataDirectory directory) {
        if (directory.hasVanished()) {
            throw InitProblem.VANISHED
                    .summary("refusing to initialise " + place.node() + ": an instance stood in " + place.dataDir()
                            + " and is gone")
                    .detail("this agent installed one there, as " + directory.record() + " says")
                    .hint("is a file system not mounted? If the instance is meant to be gone for good, remove "
                            + directory.record())
                    .failure();
        }
    }

    private void initialise(
            OperationContext context, Installation installation, DataDirectory directory, boolean bySync) {
        context.phase("initdb");
        InitDb.Options options = new InitDb.Options(place.superuser(), encoding, locale, dataChecksums, !bySync);
        CommandResult result = new InitDb(context.host().runner())
                .run(
                        installation,
                        directory.staging(),
                        directory.walStaging(),
                        options,
                        context.child(line -> {}),
                        context.cancellation());
        if (!result.succeeded()) {
            throw failed(result).failure();
        }
    }

    private AgentProblem failed(CommandResult result) {
        boolean full = NoSpace.isToldIn(result.lastErrorLines());
        return InitProblem.FAILED
                .summary("could not initialise " + place.node() + (full ? ": no space left" : ""))
                .detail("initdb exited with " + result.exitCode())
                .detail("nothing stands in " + place.dataDir())
                .hint(
                        full
                                ? "make room below " + place.dataDir().getParent() + ", then run the same command again"
                                : "the last lines are initdb's own: are encoding and locale known on this host?")
                .toolOutput(result.lastErrorLines());
    }
}
