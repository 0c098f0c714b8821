package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.Installation;
import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.PgBaseBackup;
import io.pgherder.agent.system.Cancellation;
import io.pgherder.agent.system.CommandResult;
import io.pgherder.agent.system.DataDirectory;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Afterwards the data directory is a copy of the source, configured as a standby of {@code configuration.upstream()}, installed, not
 * started.
 *
 * <pre>pg_basebackup --pgdata=STAGING --waldir=WAL_STAGING --no-sync ... &amp;&amp; touch STAGING/standby.signal
 * &amp;&amp; sync -f STAGING WAL_STAGING &amp;&amp; mv ...
 * (already a copy: nothing)</pre>
 *
 * @param source where the copy comes from; its slot, if any, keeps the WAL until the standby streams
 * @param maxRate as {@code pg_basebackup --max-rate} takes it; empty: no limit
 * @param fastCheckpoint false: wait for the source's next scheduled checkpoint
 */
public record CloneStandby(
        InstancePlace place,
        Upstream source,
        NodeConfiguration configuration,
        Optional<String> maxRate,
        boolean fastCheckpoint)
        implements Operation {
    /** What a copy calls itself at its source, before the node's name. */
    static final String APPLICATION_NAME_PREFIX = "pgherder-clone-";

    public CloneStandby {
        requireNonNull(place, "place is null");
        requireNonNull(source, "source is null");
        requireNonNull(configuration, "configuration is null");
        requireNonNull(maxRate, "maxRate is null");
    }

    @Override
    public String run(OperationContext context) {
        DataDirectory directory = context.host().directory(place);
        directory.settle();
        if (directory.wasInstalledBy(verb())) {
            return "already a copy: nothing to do";
        }
        directory.requireVacant();
        Installation installation = context.host().installations().find(place);
        Staging staging = new Staging(directory, context.host().files(place), verb(), installation, context);
        return staging.install(bySync -> {
            staging.requireConfigurationElsewhere(place);
            long bytes = copy(context, installation, directory, bySync);
            context.phase("configuring");
            String made = configure(context.host().staged(place, bySync));
            return "cloned from " + source.node() + ", " + bytes / (1 << 20) + " MB" + made;
        });
    }

    private long copy(OperationContext context, Installation installation, DataDirectory directory, boolean bySync) {
        ConfigurationFiles files = context.host().staged(place, bySync);
        files.writePassfile(source);
        PgBaseBackup.Options options = new PgBaseBackup.Options(
                directory.staging(),
                directory.walStaging(),
                files.conninfo(source, applicationName()).text(),
                context.host().files(place).passfile().path(),
                source.slot(),
                maxRate,
                fastCheckpoint,
                !bySync);
        // Ended by whoever cancels the operation, or by ourselves as soon as the source turns out to have tablespaces.
        Cancellation stop = new Cancellation();
        CloneProgress progress = new CloneProgress(context, stop);
        Cancellation.Registration registration = context.cancellation().onRequest(stop::request);
        try {
            PgBaseBackup program = new PgBaseBackup(context.host().runner());
            CommandResult result = AskedAgain.untilLetIn(
                    context, source, () -> program.run(installation, options, context.child(progress::line), stop));
            if (!result.succeeded()) {
                throw new CloneFailure(this).from(result).failure();
            }
            return progress.bytes();
        } catch (Cancellation.Cancelled e) {
            if (progress.foundTablespaces()) {
                throw new CloneFailure(this).tablespaces().failure(e);
            }
            throw e;
        } finally {
            registration.close();
        }
    }

    /**
     * Never the node's own name alone: a running base backup confirms WAL to its source like a standby does, and under the node's name it
     * would count in synchronous_standby_names, with a copy that is not yet one.
     */
    private String applicationName() {
        return APPLICATION_NAME_PREFIX + place.node();
    }

    /** Returns what was made because the copy did not bring it along, to be appended to other words. */
    private String configure(ConfigurationFiles files) {
        boolean isBare = files.lacksPostgresConf();
        files.writeNew(configuration);
        files.clearAutoConf();
        files.file("recovery.signal").delete();
        files.standbySignal().write("");
        if (!isBare) {
            return "";
        }
        return "; " + source.node() + " keeps its postgresql.conf elsewhere: the copy has one of its own"
                + (configuration.hba().isPresent() ? "" : ", and a pg_hba.conf that lets in nobody but the agent");
    }
}
