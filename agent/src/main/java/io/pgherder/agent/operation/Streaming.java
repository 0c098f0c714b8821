package io.pgherder.agent.operation;

import io.pgherder.agent.configfile.PrimaryConninfo;
import io.pgherder.agent.operation.WalReceiving.Replay;
import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.problem.AgentProblemCode;
import io.pgherder.agent.system.Wait;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Waiting until a standby streams from the upstream that it is meant to follow; and if it does not, saying why. */
final class Streaming {
    /** Besides the pause that it makes between two attempts, of which a first one that failed is nothing yet. */
    private static final Duration WITHIN = Duration.ofSeconds(25);
    /** After a refusal that no further attempt will change, one more is enough. */
    private static final Duration WITHIN_IF_REFUSED = Duration.ofSeconds(3);

    private final OperationContext context;
    private final ServerSession session;
    private final EndedMeanwhile ended;
    private final InstancePlace place;

    /** @param ended of the standby: its log is read from there on */
    Streaming(OperationContext context, ServerSession session, EndedMeanwhile ended) {
        this.context = context;
        this.session = session;
        this.ended = ended;
        this.place = ended.place();
    }

    /** Waits; the standby runs on, and goes on trying, also when this gives up. */
    void await(PrimaryConninfo upstream, Optional<String> slot, AgentProblemCode otherwise) {
        context.phase("waiting until it streams");
        new OwnReplay(context, session.receiving(), upstream, ended.log(), ended.since())
                .await()
                .ifPresent(replay -> {
                    throw heldUp(replay, notStreaming(upstream, otherwise)).failure();
                });
        Duration pause = session.receiving().betweenAttempts();
        Duration waited = WITHIN_IF_REFUSED.plus(pause);
        boolean isOver = Wait.until(waited, context.cancellation(), () -> ended.isSo() || isStreaming(upstream, slot));
        if (!isOver && !isRefused(trouble())) {
            waited = WITHIN.plus(pause);
            isOver = Wait.until(
                    WITHIN.minus(WITHIN_IF_REFUSED),
                    context.cancellation(),
                    () -> ended.isSo() || isStreaming(upstream, slot));
        }
        if (ended.isSo()) {
            throw ended.problem().failure();
        }
        if (!isOver) {
            List<String> trouble = trouble();
            throw notStreaming(upstream, otherwise)
                    .detail("waited " + waited.toSeconds() + " s; it goes on trying by itself")
                    .details(session.files().overriddenUpstream().stream()
                            .map(FilesOnDisk.Overridden::words)
                            .toList())
                    .hint(hint(trouble, upstream))
                    .toolOutput(trouble)
                    .failure();
        }
    }

    private List<String> trouble() {
        return ended.log().troubleSince(ended.since());
    }

    private AgentProblem heldUp(Replay replay, AgentProblem problem) {
        return replay.isPaused()
                ? problem.detail(
                                "its replay is paused; it goes to its upstream only for what follows what it has applied")
                        .hint("when it is time for it, SELECT pg_wal_replay_resume() on " + place.node()
                                + "; then run the same command again")
                : problem.detail(
                                "it lets recovery_min_apply_delay pass before it applies the WAL that it has; only after that it asks"
                                        + " for more")
                        .hint("run the same command again once it streams");
    }

    private AgentProblem notStreaming(PrimaryConninfo upstream, AgentProblemCode code) {
        return code.summary(
                place.node() + " runs, and does not stream from " + upstream.host() + ":" + upstream.port());
    }

    private boolean isStreaming(PrimaryConninfo upstream, Optional<String> slot) {
        return session.receiving().isStreaming(upstream, slot);
    }

    private static boolean isRefused(List<String> trouble) {
        return UpstreamRefusal.in(trouble).filter(UpstreamRefusal::lasts).isPresent();
    }

    private String hint(List<String> trouble, PrimaryConninfo upstream) {
        return UpstreamRefusal.in(trouble)
                .map(refusal -> hint(refusal, upstream.user()))
                .orElseGet(() -> (trouble.isEmpty() ? "no log of the server was found that would tell: " : "")
                        + "is the upstream there, and does it let \"" + upstream.user()
                        + "\" in? Running the same command again goes on waiting");
    }

    private String hint(UpstreamRefusal refusal, String user) {
        return switch (refusal) {
            case PASSWORD -> "is replication.password the password that the role \"" + user + "\" has?";
            case NO_ROLE ->
                "does the upstream know the role \"" + user + "\"? A standby knows it once it has replayed it";
            case PG_HBA -> "does the upstream's pg_hba.conf let \"" + user + "\" replicate from this host?";
            case WAL_REMOVED ->
                "the upstream no longer has the WAL that it needs: it must be cloned again" + cloningAgain();
            case DIVERGED ->
                "its WAL has diverged from its upstream's, as that of a former primary does: it must be rewound or cloned again"
                        + cloningAgain();
            case BEHIND -> "its upstream has less WAL than it has: does that one lag, or was it a primary before?";
            case NO_SLOT -> "the slot is missing on the upstream: does a plan of the cluster create it?";
            case SLOT_IN_USE -> "who streams by its slot on the upstream? pg_replication_slots has the process id";
            case FULL -> "its upstream has no connection left for it: are max_wal_senders and max_connections too low?";
            case OTHER_SYSTEM -> "it is a copy of another cluster: it must be cloned again" + cloningAgain();
            case OTHER_HISTORY ->
                "what it gets does not go on where its own WAL ends: was an upstream, or the primary, restored from an older copy that has"
                        + " written since? Then this standby may have what was acknowledged and is nowhere else. Look before it is"
                        + " cloned again" + cloningAgain();
            case OPTIONS ->
                "does the upstream take the connection options that replication.options says, and may the agent's account read the"
                        + " files that they name?";
            case UNREACHABLE -> "does the upstream run, and do its listen_addresses and the firewall let this host in?";
        };
    }

    private String cloningAgain() {
        return ". For that stop it, move " + place.dataDir()
                + place.walDir().map(wal -> " and " + wal).orElse("") + " away, and run the same command again";
    }
}
