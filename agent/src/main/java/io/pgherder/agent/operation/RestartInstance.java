package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.ConfigurationCheck;
import io.pgherder.agent.postgres.HotStandbyCheck;
import io.pgherder.agent.postgres.Installation;
import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.PgCtl;
import io.pgherder.agent.postgres.PostmasterPid;
import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.system.Cancellation;
import io.pgherder.agent.system.Wait;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import static java.util.Objects.requireNonNull;

/**
 * Afterwards the instance runs as a new process with every setting of its files in force, and the standbys that streamed from it do so
 * again. Files with errors are found before the old process is stopped; if the new one does not start all the same, it is started with the
 * {@linkplain FormerSettings settings that the old one had}. Cancelled, it is not begun; or, once it is, the new process runs.
 *
 * <pre>pg_ctl restart --pgdata=DATA_DIR --mode=fast</pre>
 *
 * @param asPrimary whether it is meant to come up as a primary
 */
public record RestartInstance(InstancePlace place, boolean asPrimary) implements Operation {
    /** Three times the default wal_retrieve_retry_interval: the first attempt of a standby meets a closed door. */
    private static final Duration FOLLOWERS_RETURN = Duration.ofSeconds(15);

    /** More than WAL takes to a standby that streams and keeps up; one that is about to connect again has its pause before that. */
    private static final Duration SMALLER_VALUE_ARRIVES = Duration.ofSeconds(10);

    /** For the shutdown checkpoint, and for WAL that is to be archived: whoever gave up before the end would leave the server down after it. */
    static final Duration LONGEST_STOP = Duration.ofHours(1);

    /** Longer than a server takes to load its libraries, or to say that it cannot. */
    private static final Duration MOMENT = Duration.ofSeconds(5);

    public RestartInstance {
        requireNonNull(place, "place is null");
    }

    @Override
    public String run(OperationContext context) {
        Startup startup = new Startup(context, place, asPrimary);
        startup.requireRole();
        startup.requireOwnDirectories();
        OldProcess old = OldProcess.of(place);
        Set<String> followers = Set.of();
        FormerSettings former = FormerSettings.kept(place, context.host());
        Duration patience = SMALLER_VALUE_ARRIVES;
        if (PostmasterPid.live(place.dataDir())
                .filter(PostmasterPid::isAccepting)
                .isPresent()) {
            try (ServerSession session = ServerSession.open(place)) {
                context.host().configuration(place).keepWayIn();
                session.files().requireGoodFiles();
                followers = session.standbys().followers();
                new MembersCatchUp(context, session, place.node()).awaitAnswers();
                former = FormerSettings.of(place, session);
                patience = patience.plus(session.receiving().betweenAttempts());
            }
        }
        requireStartable(context);
        startup.requireOwnFiles();
        if (!asPrimary) {
            awaitEnoughToStart(context, patience);
        }
        return "restarted" + anew(context, startup, former, old, followers);
    }

    private void requireStartable(OperationContext context) {
        ConfigurationCheck check = new ConfigurationCheck(context.host().runner());
        Installation installation = context.host().installations().find(place);
        check.requireStartable(installation, place);
        List<String> objections =
                new ServerCertificate(place.dataDir(), name -> check.value(name, installation, place)).objections();
        if (!objections.isEmpty()) {
            throw StartProblem.NO_CERTIFICATE
                    .summary(place.node() + " would not start with the certificate that its files name")
                    .details(objections)
                    .hint(
                            "put it there, or turn ssl off where it is set, in the topology file or by ALTER SYSTEM; then run"
                                    + " the same command again. The server has been left as it runs")
                    .failure();
        }
    }

    private String anew(
            OperationContext context, Startup startup, FormerSettings former, OldProcess old, Set<String> followers) {
        // Between the old process and the new one nobody can write. Who is cancelled before has not begun.
        Startup.Begun begun = context.toItsEnd(outage -> {
            former.keep(context.host());
            new StopInstance(place, PgCtl.StopMode.FAST).within(LONGEST_STOP, outage);
            return launched(outage, former);
        });
        try {
            awaitAccepting(context, startup, former, begun);
            old.requireGone();
            return startup.awaitStreaming(begun) + afterwards(context, followers) + caughtUp(context);
        } catch (Cancellation.Cancelled e) {
            return "; that it does its work was not waited for";
        }
    }

    private void awaitAccepting(OperationContext context, Startup startup, FormerSettings former, Startup.Begun begun) {
        try {
            startup.awaitAccepting(begun);
        } catch (OperationFailed e) {
            throw new StartAsBefore(former, asPrimary)
                    .run(context, startup.ended(begun).now(), e);
        }
    }

    /** What keeps a server from starting it says in its first moment, and whoever is cancelled after that leaves one that runs. */
    private Startup.Begun launched(OperationContext outage, FormerSettings former) {
        Startup startup = new Startup(outage, place, asPrimary);
        Startup.Begun begun = startup.prepared();
        try {
            startup.launch(begun, former);
            Wait.until(MOMENT, outage.cancellation(), () -> {
                Optional<PostmasterPid> server = PostmasterPid.live(place.dataDir());
                server.ifPresent(begun.traces()::saw);
                return server.map(PostmasterPid::isAccepting).orElse(true);
            });
            if (PostmasterPid.live(place.dataDir()).isEmpty()) {
                // Says why it has ended.
                startup.awaitAccepting(begun);
            }
            return begun;
        } catch (OperationFailed e) {
            throw new StartAsBefore(former, asPrimary)
                    .run(outage, startup.ended(begun).now(), e);
        }
    }

    /** Its primary may have less of max_connections or the like since a moment ago: then it has only to replay that. */
    private void awaitEnoughToStart(OperationContext context, Duration patience) {
        HotStandbyCheck check = new HotStandbyCheck(
                context.host().runner(), context.host().installations().find(place), place);
        if (!check.wouldStart()) {
            context.phase("waiting until it has replayed what its primary has less of");
            Wait.until(patience, context.cancellation(), check::wouldStart);
        }
        check.requireEnough();
    }

    private String afterwards(OperationContext context, Set<String> followers) {
        try {
            Set<String> missing = awaitReturn(context, followers);
            return missing.isEmpty()
                    ? ""
                    : "; " + String.join(", ", missing) + " did not come back within " + FOLLOWERS_RETURN.toSeconds()
                            + " s, and may still";
        } catch (Cancellation.Cancelled e) {
            return "; that its standbys come back was not waited for";
        }
    }

    /** Commits do not count on it before that: a plan that restarts the next server now might let them wait. */
    private String caughtUp(OperationContext context) {
        if (asPrimary) {
            return "";
        }
        try (ServerSession session = ServerSession.open(place)) {
            CatchUp.afterItsRestart(context, session.receiving(), session.conninfoInForce())
                    .await();
            return "";
        } catch (Cancellation.Cancelled e) {
            return "; that it catches up was not waited for";
        }
    }

    /** Who of them still does not stream when the waiting is over. */
    private Set<String> awaitReturn(OperationContext context, Set<String> followers) {
        if (followers.isEmpty()) {
            return followers;
        }
        context.phase("waiting until its standbys stream again");
        Set<String> missing = new TreeSet<>(followers);
        try (ServerSession session = ServerSession.open(place)) {
            Wait.until(FOLLOWERS_RETURN, context.cancellation(), () -> {
                missing.removeAll(session.standbys().followers());
                return missing.isEmpty();
            });
        }
        return missing;
    }
}
