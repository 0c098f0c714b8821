package io.pgherder.controller.plan.action;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.Topology;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import static java.util.Objects.requireNonNull;

/**
 * Where a standby or a base backup connects to.
 *
 * @param host the address that replication connects to
 * @param slot empty: none
 * @param options what else libpq is told
 */
public record Upstream(
        NodeName node,
        String host,
        int port,
        Credentials credentials,
        Optional<String> slot,
        SortedMap<String, String> options) {
    public Upstream {
        requireNonNull(node, "node is null");
        requireNonNull(host, "host is null");
        requireNonNull(credentials, "credentials is null");
        requireNonNull(slot, "slot is null");
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    }

    /** The upstream as its follower connects to it, with the follower's slot if the topology declares slots. */
    public static Upstream of(Topology topology, NodeName upstream, NodeName follower) {
        return new Upstream(
                upstream,
                topology.hostOf(upstream).address(),
                topology.node(upstream).port(),
                Credentials.of(topology),
                topology.replication().slotOf(follower),
                topology.node(follower).options());
    }

    /** Reached by another address than the declared one. */
    public Upstream at(String address, int atPort) {
        return new Upstream(node, address, atPort, credentials, slot, options);
    }

    /** @param name empty: none */
    public Upstream withSlot(String name) {
        return new Upstream(
                node, host, port, credentials, Optional.of(name).filter(slotName -> !slotName.isEmpty()), options);
    }

    /** Connected to with others than the declared options. */
    public Upstream with(SortedMap<String, String> otherOptions) {
        return new Upstream(node, host, port, credentials, slot, otherOptions);
    }
}
