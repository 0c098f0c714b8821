package io.pgherder.agent.operation;

import io.pgherder.agent.system.Cancellation;
import io.pgherder.agent.system.Wait;
import java.time.Duration;
import java.util.Optional;

/**
 * A running server reads its files again.
 *
 * @see <a href="https://www.postgresql.org/docs/15/functions-admin.html#FUNCTIONS-ADMIN-SIGNAL">pg_reload_conf</a>
 */
final class Reload {
    private static final Duration RELOAD = Duration.ofSeconds(10);

    private final ServerSession session;
    private final String node;
    private final Cancellation cancellation;

    Reload(ServerSession session, String node, Cancellation cancellation) {
        this.session = session;
        this.node = node;
        this.cancellation = cancellation;
    }

    /**
     * Makes the server read its files again, and waits until it has; a standby that they send elsewhere has left its old upstream.
     *
     * @throws io.pgherder.agent.problem.OperationFailed if it has not read them in time
     */
    void run() {
        Optional<Long> receiver = receiverPid();
        String way = wayToUpstream();
        String before = loadTime();
        session.sql().query("SELECT pg_reload_conf()");
        if (!Wait.until(RELOAD, cancellation, () -> !loadTime().equals(before))) {
            throw ConfigFileProblem.NOT_RELOADED
                    .summary(node + " did not read its files again within " + RELOAD.toSeconds() + " s")
                    .details(session.files().settingsErrors().words())
                    .hint("is the server stopped or hanging? With a bad line in a settings file it takes none of them")
                    .failure();
        }
        if (!way.equals(wayToUpstream())) {
            receiver.ifPresent(this::awaitEndOf);
        }
        if (!session.isInRecovery()) {
            session.standbys().releaseWaitingCommits();
        }
    }

    /**
     * The same; a standby whose way to its upstream this changes has taken the new one, if it is open.
     *
     * @return the outcome in words: "reloaded", or that a standby which streamed does not do so again
     */
    String andStream() {
        boolean streamed = receiverPid().isPresent();
        run();
        boolean streamsAgain = !streamed || Wait.until(RELOAD, cancellation, session.receiving()::isStreaming);
        return streamsAgain
                ? "reloaded"
                : "reloaded; it did not stream again within " + RELOAD.toSeconds() + " s, and may still";
    }

    /**
     * A WAL receiver that goes the old way is ended by the startup process, which reads the files a little later than this session. One
     * that stays is seen by whoever looks where the standby streams from.
     */
    private void awaitEndOf(long receiver) {
        Wait.until(
                RELOAD,
                cancellation,
                () -> receiverPid().filter(now -> now == receiver).isEmpty());
    }

    private Optional<Long> receiverPid() {
        return session.receiving()
                .receiver()
                .map(receiver -> receiver.reception().pid());
    }

    private String wayToUpstream() {
        return session.sql()
                .query(
                        "SELECT current_setting('primary_conninfo') || E'\\n' || current_setting('primary_slot_name') AS way")
                .get(0)
                .text("way");
    }

    private String loadTime() {
        return session.sql()
                .query("SELECT pg_conf_load_time()::text AS loaded")
                .get(0)
                .text("loaded");
    }
}
