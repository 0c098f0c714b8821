package io.pgherder.controller.execution;

import io.pgherder.controller.execution.AgentLock.Answer;
import io.pgherder.controller.execution.AgentLock.Request;
import io.pgherder.controller.observation.LockHolder;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemsException;
import io.pgherder.controller.topology.HostSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import static java.util.Objects.requireNonNull;

/**
 * One hand at a time. The lock of a cluster is the sum of its agents' locks, taken at the first agent first, so that of two controllers
 * that ask at the same time one is turned away early, and then at all others at once. A holder that has died stops renewing and its lock
 * falls; so whoever finds the lock held waits until it is either renewed (then somebody works: refused) or has fallen (then it is ours).
 */
public final class ClusterLock {
    // Longer than a silent agent is waited for, which is 30 s: such a silence must not cost the lock.
    private static final Duration TTL = Duration.ofSeconds(40);
    // Several times in the 2 s that an agent leaves the lock when its connection is closed: the first of them may be
    // what notices.
    private static final Duration RENEWAL = Duration.ofMillis(500);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final int MOST_OVERTAKINGS = 5;

    private final AgentLock port;
    private final String holder;
    private final String look;

    /**
     * @param holder who asks: "alice@ops1 pid 4711"
     * @param look the command that shows what happens in the cluster
     */
    public ClusterLock(AgentLock port, String holder, String look) {
        this.port = requireNonNull(port, "port is null");
        this.holder = requireNonNull(holder, "holder is null");
        this.look = requireNonNull(look, "look is null");
    }

    /** What came of asking for the lock. */
    public sealed interface Outcome {
        /** @param seenIsOutOfDate whether somebody else had it since we looked, be it held or already given back */
        record Acquired(HeldLock lock, boolean seenIsOutOfDate) implements Outcome {}

        record Refused(Problem why) implements Outcome {}
    }

    /**
     * Takes the lock at all the given agents or at none.
     *
     * @param newestToken the greatest token that any agent has granted so far
     * @param waitingFor called once for a holder that may have died, before waiting for its lock to fall
     * @throws ProblemsException if an agent does not answer
     */
    public Outcome acquire(
            String cluster, String purpose, List<HostSpec> agents, long newestToken, Consumer<LockHolder> waitingFor)
            throws InterruptedException {
        List<HostSpec> sorted =
                agents.stream().sorted(Comparator.comparing(HostSpec::agent)).toList();
        Request request = new Request(
                cluster,
                holder,
                purpose,
                newestToken + 1,
                TTL,
                UUID.randomUUID().toString());
        Map<HostSpec, LockHolder> before = new HashMap<>();
        int overtaken = 0;
        while (true) {
            Map<HostSpec, LockHolder> holders = new HashMap<>();
            Answer answer = takeAll(sorted, request, holders);
            if (answer instanceof Answer.Granted) {
                HeldLock lock = new HeldLock(port, sorted, cluster, request.token(), RENEWAL);
                return new Outcome.Acquired(lock, !before.isEmpty() || overtaken > 0);
            } else if (answer instanceof Answer.Stale stale) {
                request = request.withToken(Math.max(stale.newestToken(), request.token()) + 1);
                if (++overtaken > MOST_OVERTAKINGS) {
                    return new Outcome.Refused(contended(cluster));
                }
            } else if (answer instanceof Answer.HeldBy held) {
                if (isAnyAlive(before, holders)) {
                    return new Outcome.Refused(held(cluster, held.holder()));
                }
                if (before.isEmpty()) {
                    waitingFor.accept(held.holder());
                }
                before.putAll(holders);
                // The agents that granted it remember it: for them it is used up.
                request = request.withToken(request.token() + 1);
                Thread.sleep(LOOK_AGAIN.toMillis());
            } else if (answer instanceof Answer.Unanswered unanswered) {
                throw new ProblemsException(unanswered.why());
            }
        }
    }

    /**
     * The first agent alone, then the others side by side; what was granted is given back if any of them says no.
     *
     * @param holders is told who holds the lock at which agent
     */
    private Answer takeAll(List<HostSpec> agents, Request request, Map<HostSpec, LockHolder> holders) {
        List<HostSpec> granted = new ArrayList<>();
        Answer worst = new Answer.Granted();
        for (List<HostSpec> group : List.of(agents.subList(0, Math.min(1, agents.size())), rest(agents))) {
            List<CompletableFuture<Answer>> asked =
                    group.stream().map(agent -> port.lock(agent, request)).toList();
            for (int i = 0; i < group.size(); i++) {
                Answer answer = asked.get(i).join();
                if (answer instanceof Answer.Granted) {
                    granted.add(group.get(i));
                } else {
                    worst = answer;
                }
                if (answer instanceof Answer.HeldBy held) {
                    holders.put(group.get(i), held.holder());
                }
            }
            if (!(worst instanceof Answer.Granted)) {
                granted.forEach(agent ->
                        port.release(agent, request.cluster(), request.token()).join());
                return worst;
            }
        }
        return worst;
    }

    private static List<HostSpec> rest(List<HostSpec> agents) {
        return agents.subList(Math.min(1, agents.size()), agents.size());
    }

    /** Agents are not compared with each other: one may have heard a holder later than another. */
    private static boolean isAnyAlive(Map<HostSpec, LockHolder> before, Map<HostSpec, LockHolder> now) {
        return now.entrySet().stream()
                .anyMatch(held -> Optional.ofNullable(before.get(held.getKey()))
                        .filter(earlier -> isAlive(earlier, held.getValue()))
                        .isPresent());
    }

    /** A holder that has spoken since we last looked is alive; so is another one that took its place. */
    private static boolean isAlive(LockHolder before, LockHolder now) {
        return now.token() != before.token() || now.silentFor().compareTo(before.silentFor()) < 0;
    }

    private Problem held(String cluster, LockHolder by) {
        return Problem.of(ExecutionProblem.LOCK_HELD, "somebody else is changing " + cluster)
                .about(cluster)
                .detail("holder   " + by.holder())
                .detail("purpose  " + by.purpose())
                .detail("since    " + by.since())
                .hint("wait until it has ended; \"" + look + "\" shows what happens meanwhile");
    }

    private static Problem contended(String cluster) {
        return Problem.of(ExecutionProblem.LOCK_CONTENDED, "several controllers ask for the lock on " + cluster)
                .about(cluster)
                .hint("is another apply being started at the same time? run this one again");
    }
}
