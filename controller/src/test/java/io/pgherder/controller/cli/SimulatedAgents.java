package io.pgherder.controller.cli;

import io.pgherder.controller.execution.ActionRunner;
import io.pgherder.controller.execution.AgentLock;
import io.pgherder.controller.execution.Agents;
import io.pgherder.controller.execution.Progress;
import io.pgherder.controller.execution.StepOutcome;
import io.pgherder.controller.observation.ClusterObservation;
import io.pgherder.controller.observation.HostAnswer;
import io.pgherder.controller.observation.HostObservation.Silent;
import io.pgherder.controller.observation.HostQuery;
import io.pgherder.controller.observation.LockHolder;
import io.pgherder.controller.observation.NodeObservation;
import io.pgherder.controller.observation.NodeProbe;
import io.pgherder.controller.observation.RunningOperation;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Planner;
import io.pgherder.controller.plan.Step;
import io.pgherder.controller.plan.action.Action;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.simulation.SimulatedCluster;
import io.pgherder.controller.simulation.SimulatedHost;
import io.pgherder.controller.simulation.TopologyAgents;
import io.pgherder.controller.topology.HostSpec;
import io.pgherder.controller.topology.Topology;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Agents of a cluster in memory: what is carried out can be seen afterwards. A command about several clusters has one of each in memory,
 * and what is asked of these agents here concerns the one that was looked at first.
 */
final class SimulatedAgents implements TopologyAgents {
    private final Set<String> silent = new HashSet<>();
    private final Set<String> failing = new HashSet<>();
    private final Map<String, Runnable> interrupted = new HashMap<>();
    private final Deque<Runnable> beforeLooks = new ArrayDeque<>();
    private @Nullable Runnable overtaking;
    private @Nullable Runnable beforeTheLock;
    private boolean held;
    private final Map<String, SimulatedCluster> clusters = new LinkedHashMap<>();

    void silence(String host) {
        silent.add(host);
    }

    void hear(String host) {
        silent.remove(host);
    }

    void fail(String verb) {
        failing.add(verb);
    }

    /** From now on somebody presses Ctrl-C while such a step runs, and it ends as one that was cancelled. */
    void interrupt(String verb, Runnable pressCtrlC) {
        carryOut(verb);
        interrupted.put(verb, pressCtrlC);
    }

    /** From now on such a step is carried out again. */
    void carryOut(String verb) {
        failing.remove(verb);
        interrupted.remove(verb);
    }

    /** What happens just before each of the next looks at the cluster. */
    void atTheNextLooks(Runnable... happening) {
        beforeLooks.addAll(List.of(happening));
    }

    /** What somebody else does who gets the lock just before it is asked for, and gives it back afterwards. */
    void overtake(Runnable otherRun) {
        overtaking = otherRun;
    }

    /** By which nobody streams. */
    void leaveSlot(NodeName node, String slot) {
        cluster().node(node).slots.put(new NodeName(slot), 0L);
    }

    /** Somebody has moved its WAL directory, which no step moves back. */
    void moveWal(NodeName node, String directory) {
        cluster().node(node).ground.walTarget = Optional.of(directory);
    }

    void stop(NodeName node) {
        cluster().node(node).stop();
    }

    void holdTheLock() {
        held = true;
    }

    /** Somebody has the lock at the next look, and then does this and gives it back before it is asked for. */
    void haveTheLockAtTheNextLook(Runnable then) {
        SimulatedHost host = cluster().host("db1");
        atTheNextLooks(() -> host.lock = Optional.of(alice()));
        beforeTheLock = () -> {
            host.lock = Optional.empty();
            then.run();
        };
    }

    /** A controller has died while such a step ran, which ends after the next look and before the lock can be had. */
    void leaveRunning(String verb) {
        Action action = new Planner()
                .plan(cluster().topology(), cluster().observe()).steps().stream()
                        .map(Step::action)
                        .filter(each -> each.verb().equals(verb))
                        .findFirst()
                        .orElseThrow();
        List<RunningOperation> running = cluster().node(action.node()).operations;
        running.add(new RunningOperation("op-1", verb, action.fingerprint(), Instant.EPOCH));
        haveTheLockAtTheNextLook(() -> {
            running.clear();
            cluster().execute(action);
        });
    }

    /** The agent of a node is busy with something that no plan wants, and has ended it before the second look. */
    void beBusyAtTheNextLook(NodeName node) {
        List<RunningOperation> running = cluster().node(node).operations;
        atTheNextLooks(
                () -> running.add(new RunningOperation("op-9", "RestartInstance", "another", Instant.EPOCH)),
                running::clear);
    }

    @Override
    public synchronized Agents connect(Topology topology, Path tlsDirectory, Duration timeout) {
        SimulatedCluster cluster = clusters.get(topology.cluster());
        if (cluster == null) {
            cluster = new SimulatedCluster(topology);
            clusters.put(topology.cluster(), cluster);
        } else {
            cluster.declare(topology);
        }
        return new Connected(cluster);
    }

    private SimulatedCluster cluster() {
        if (clusters.isEmpty()) {
            throw new IllegalStateException("not connected");
        }
        return clusters.values().iterator().next();
    }

    private synchronized HostAnswer answer(SimulatedCluster cluster, HostQuery query) {
        String host = query.host().name();
        if (host.equals(cluster.topology().hosts().get(0).name()) && !beforeLooks.isEmpty()) {
            beforeLooks.remove().run();
        }
        ClusterObservation seen = cluster.observe();
        if (silent.contains(host)) {
            Problem why = Problem.of("CONNECT-001", "agent of " + host + " refused the connection");
            List<NodeObservation> nodes = query.nodes().stream()
                    .<NodeObservation>map(
                            node -> new NodeObservation.Unreachable(node.node().name(), why))
                    .toList();
            return new HostAnswer(new Silent(host, why), nodes);
        }
        return new HostAnswer(
                seen.host(host),
                query.nodes().stream()
                        .map(node -> seen.node(node.node().name()))
                        .toList());
    }

    private synchronized StepOutcome carryOut(SimulatedCluster cluster, Action action, Consumer<Progress> progress) {
        if (failing.contains(action.verb())) {
            return new StepOutcome.Failed(
                    Problem.of("CLONE-003", "could not clone " + action.node()).toolOutput(List.of("disk full")));
        }
        Runnable pressCtrlC = interrupted.get(action.verb());
        if (pressCtrlC != null) {
            pressCtrlC.run();
            return new StepOutcome.Cancelled(
                    Problem.of("OPERATION-004", action.verb() + " on " + action.node() + " was cancelled"));
        }
        progress.accept(new Progress("working", 1, 2));
        cluster.execute(action);
        return new StepOutcome.Done("");
    }

    private AgentLock.Answer grantTheLock() {
        Runnable before = beforeTheLock;
        beforeTheLock = null;
        if (before != null) {
            before.run();
        }
        Runnable other = overtaking;
        overtaking = null;
        if (other != null) {
            other.run();
        } else if (!held) {
            return new AgentLock.Answer.Granted();
        }
        return new AgentLock.Answer.HeldBy(alice());
    }

    private static LockHolder alice() {
        return new LockHolder(
                "alice@ops1 pid 4711",
                "apply orders.yaml",
                System.nanoTime(),
                Instant.EPOCH,
                Duration.ZERO,
                Duration.ofSeconds(10));
    }

    private final class Connected implements Agents, NodeProbe, ActionRunner, AgentLock {
        private final SimulatedCluster cluster;

        Connected(SimulatedCluster cluster) {
            this.cluster = cluster;
        }

        @Override
        public NodeProbe probe() {
            return this;
        }

        @Override
        public ActionRunner runner() {
            return this;
        }

        @Override
        public AgentLock lock() {
            return this;
        }

        @Override
        public CompletableFuture<HostAnswer> observe(HostQuery query) {
            return CompletableFuture.completedFuture(answer(cluster, query));
        }

        @Override
        public CompletableFuture<StepOutcome> run(
                String operationId, long token, Action action, Consumer<Progress> progress) {
            return CompletableFuture.completedFuture(carryOut(cluster, action, progress));
        }

        @Override
        public void cancel(String operationId, Action action) {
            throw new IllegalStateException("every action has ended when it could be cancelled");
        }

        @Override
        public CompletableFuture<Answer> lock(HostSpec agent, Request request) {
            return CompletableFuture.completedFuture(grantTheLock());
        }

        @Override
        public CompletableFuture<Renewal> renew(HostSpec agent, String ofCluster, long token) {
            return CompletableFuture.completedFuture(Renewal.HELD);
        }

        @Override
        public CompletableFuture<Void> release(HostSpec agent, String ofCluster, long token) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() {}
    }
}
