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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import static java.util.Objects.requireNonNull;

/**
 * One hand at a time. The lock of a cluster is the sum of its agents' locks, taken at the first agent first, so that of two controllers
 * that ask at the same time one is turned away early, and then at all others at once. A holder that has died stops renewing and its lock
 * falls; so whoever finds the lock held waits until it is either renewed (then somebody works: refused) or has fallen (then it is ours).
 */
public final class ClusterLock {
    private static final Duration TTL = Duration.ofSeconds(10);
    private static final Duration RENEWAL = Duration.ofSeconds(3);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final int MOST_OVERTAKINGS = 5;

    private final AgentLock port;
    private final String holder;

    /** @param holder who asks: "alice@ops1 pid 4711" */
    public ClusterLock(AgentLock port, String holder) {
        this.port = requireNonNull(port, "port is null");
        this.holder = requireNonNull(holder, "holder is null");
    }

    /** What came of asking for the lock. */
    public sealed interface Outcome {
        /** @param waited whether somebody else held it first: what was seen before may be out of date */
        record Acquired(HeldLock lock, boolean waited) implements Outcome {}

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
        Request request = new Request(cluster, holder, purpose, newestToken + 1, TTL);
        Optional<LockHolder> before = Optional.empty();
        int overtaken = 0;
        while (true) {
            Answer answer = takeAll(sorted, request);
            if (answer instanceof Answer.Granted) {
                HeldLock lock = new HeldLock(port, sorted, cluster, request.token(), RENEWAL);
                return new Outcome.Acquired(lock, before.isPresent());
            } else if (answer instanceof Answer.Stale stale) {
                request = request.withToken(stale.newestToken() + 1);
                if (++overtaken > MOST_OVERTAKINGS) {
                    return new Outcome.Refused(contended(cluster));
                }
            } else if (answer instanceof Answer.HeldBy held) {
                if (before.isPresent() && isAlive(before.get(), held.holder())) {
                    return new Outcome.Refused(held(cluster, held.holder()));
                }
                if (before.isEmpty()) {
                    waitingFor.accept(held.holder());
                }
                before = Optional.of(held.holder());
                Thread.sleep(LOOK_AGAIN.toMillis());
            } else if (answer instanceof Answer.Unanswered unanswered) {
                throw new ProblemsException(unanswered.why());
            }
        }
    }

    /** The first agent alone, then the others side by side; what was granted is given back if any of them says no. */
    private Answer takeAll(List<HostSpec> agents, Request request) {
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

    /** A holder that has spoken since we last looked is alive; so is another one that took its place. */
    private static boolean isAlive(LockHolder before, LockHolder now) {
        return now.token() != before.token() || now.silentFor().compareTo(before.silentFor()) < 0;
    }

    private static Problem held(String cluster, LockHolder by) {
        return Problem.of(ExecutionProblem.LOCK_HELD, "somebody else is changing " + cluster)
                .about(cluster)
                .detail("holder   " + by.holder())
                .detail("purpose  " + by.purpose())
                .detail("since    " + by.since())
                .hint("wait until it has ended; \"pgherder status\" shows what happens meanwhile");
    }

    private static Problem contended(String cluster) {
        return Problem.of(ExecutionProblem.LOCK_CONTENDED, "several controllers ask for the lock on " + cluster)
                .about(cluster)
                .hint("is another \"pgherder apply\" being started at the same time? run this one again");
    }
}
