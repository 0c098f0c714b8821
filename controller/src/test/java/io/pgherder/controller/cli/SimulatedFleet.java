package io.pgherder.controller.cli;

import io.pgherder.controller.execution.ActionRunner;
import io.pgherder.controller.execution.AgentLock;
import io.pgherder.controller.execution.Agents;
import io.pgherder.controller.observation.HostAnswer;
import io.pgherder.controller.observation.HostObservation.Silent;
import io.pgherder.controller.observation.HostQuery;
import io.pgherder.controller.observation.NodeObservation;
import io.pgherder.controller.observation.NodeProbe;
import io.pgherder.controller.plan.Planner;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.simulation.SimulatedCluster;
import io.pgherder.controller.simulation.TopologyAgents;
import io.pgherder.controller.topology.Topology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;

/** Agents of several clusters in memory, each built as declared when it is first looked at; they can only be looked at. */
final class SimulatedFleet implements TopologyAgents {
    private final Map<String, SimulatedCluster> clusters = new ConcurrentHashMap<>();
    private final Set<String> silent = ConcurrentHashMap.newKeySet();
    private final Map<String, Deque<Runnable>> beforeLooks = new ConcurrentHashMap<>();
    private final OpenQuestions open = new OpenQuestions();

    /** A host whose agent does not answer from now on, whichever cluster asks. */
    void silence(String host) {
        silent.add(host);
    }

    void hear(String host) {
        silent.remove(host);
    }

    /** What happens just before each of the next looks at this cluster. */
    void atTheNextLooksAt(String cluster, Runnable... happening) {
        beforeLooks
                .computeIfAbsent(cluster, name -> new ConcurrentLinkedDeque<>())
                .addAll(List.of(happening));
    }

    /** No question is answered before there have been so many at once. */
    void answerOnceAskedAtATime(int questions) {
        open.awaited = questions;
    }

    /** How many questions have been open at once, of all clusters together. */
    int mostAtATime() {
        return open.most;
    }

    SimulatedCluster cluster(String name) {
        SimulatedCluster cluster = clusters.get(name);
        if (cluster == null) {
            throw new IllegalArgumentException("nobody has looked at " + name);
        }
        return cluster;
    }

    @Override
    public Agents connect(Topology topology, Path tlsDirectory, Duration timeout) {
        Deque<Runnable> happening = beforeLooks.get(topology.cluster());
        if (happening != null && !happening.isEmpty()) {
            happening.remove().run();
        }
        SimulatedCluster cluster = clusters.computeIfAbsent(topology.cluster(), name -> {
            SimulatedCluster built = new SimulatedCluster(topology);
            new Planner().plan(topology, built.observe()).steps().forEach(step -> built.execute(step.action()));
            return built;
        });
        synchronized (cluster) {
            if (!cluster.topology().equals(topology)) {
                cluster.declare(topology);
            }
        }
        return new Looking(cluster);
    }

    private final class Looking implements Agents, NodeProbe {
        private final SimulatedCluster cluster;

        Looking(SimulatedCluster cluster) {
            this.cluster = cluster;
        }

        @Override
        public NodeProbe probe() {
            return this;
        }

        @Override
        public ActionRunner runner() {
            throw new AssertionError("something is to be changed");
        }

        @Override
        public AgentLock lock() {
            throw new AssertionError("a lock is asked for");
        }

        @Override
        public CompletableFuture<HostAnswer> observe(HostQuery query) {
            String host = query.host().name();
            open.begin();
            return CompletableFuture.supplyAsync(() -> {
                open.end();
                return silent.contains(host) ? silence(query) : answer(query);
            });
        }

        private HostAnswer answer(HostQuery query) {
            synchronized (cluster) {
                return new HostAnswer(
                        cluster.observe().host(query.host().name()),
                        query.nodes().stream()
                                .map(node -> cluster.observe().node(node.node().name()))
                                .toList());
            }
        }

        private HostAnswer silence(HostQuery query) {
            String host = query.host().name();
            Problem why = Problem.of("CONNECT-001", "agent of " + host + " refused the connection");
            List<NodeObservation> nodes = query.nodes().stream()
                    .<NodeObservation>map(
                            node -> new NodeObservation.Unreachable(node.node().name(), why))
                    .toList();
            return new HostAnswer(new Silent(host, why), nodes);
        }

        @Override
        public void close() {}
    }

    private static final class OpenQuestions {
        private static final long LONGEST_SECONDS = 10;

        private int now;
        private volatile int most;
        private volatile int awaited;

        synchronized void begin() {
            now++;
            most = Math.max(most, now);
            notifyAll();
        }

        synchronized void end() {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
            try {
                while (most < awaited && System.nanoTime() < deadline) {
                    TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            now--;
        }
    }
}
