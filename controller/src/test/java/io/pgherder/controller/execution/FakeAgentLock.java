package io.pgherder.controller.execution;

import io.pgherder.controller.topology.HostSpec;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Agents that grant the lock unless a test has put other answers in a queue. */
final class FakeAgentLock implements AgentLock {
    private final Map<String, Queue<Answer>> answers = new HashMap<>();
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final Set<String> nonces = Collections.synchronizedSet(new HashSet<>());
    private final Set<Duration> ttls = Collections.synchronizedSet(new HashSet<>());
    private volatile Renewal renewal = Renewal.HELD;

    FakeAgentLock answers(String host, Answer... next) {
        answers.computeIfAbsent(host, name -> new ArrayDeque<>()).addAll(List.of(next));
        return this;
    }

    void renewalsSay(Renewal answer) {
        renewal = answer;
    }

    /** "lock db1 8", "release db1 8", in order. */
    List<String> log() {
        return List.copyOf(log);
    }

    Set<String> nonces() {
        return Set.copyOf(nonces);
    }

    Set<Duration> ttls() {
        return Set.copyOf(ttls);
    }

    @Override
    public CompletableFuture<Answer> lock(HostSpec agent, Request request) {
        nonces.add(request.nonce());
        ttls.add(request.ttl());
        log.add("lock " + agent.name() + " " + request.token());
        Queue<Answer> queue = answers.getOrDefault(agent.name(), new ArrayDeque<>());
        Answer answer = queue.isEmpty() ? new Answer.Granted() : queue.remove();
        return CompletableFuture.completedFuture(answer);
    }

    @Override
    public CompletableFuture<Renewal> renew(HostSpec agent, String cluster, long token) {
        log.add("renew " + agent.name() + " " + token);
        return CompletableFuture.completedFuture(renewal);
    }

    @Override
    public CompletableFuture<Void> release(HostSpec agent, String cluster, long token) {
        log.add("release " + agent.name() + " " + token);
        return CompletableFuture.completedFuture(null);
    }
}
