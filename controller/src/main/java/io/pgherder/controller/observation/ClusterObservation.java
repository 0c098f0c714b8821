package io.pgherder.controller.observation;

import io.pgherder.controller.pgvalue.NodeName;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Everything that was seen of one cluster in one look: each of its nodes and each of its hosts, in the topology's order. */
public final class ClusterObservation {
    private final Map<NodeName, NodeObservation> nodes;
    private final Map<String, HostObservation> hosts;

    public ClusterObservation(List<HostObservation> hosts, List<NodeObservation> nodes) {
        Map<String, HostObservation> byHost = new LinkedHashMap<>();
        hosts.forEach(host -> byHost.put(host.host(), host));
        Map<NodeName, NodeObservation> byNode = new LinkedHashMap<>();
        nodes.forEach(node -> byNode.put(node.node(), node));
        this.hosts = Collections.unmodifiableMap(byHost);
        this.nodes = Collections.unmodifiableMap(byNode);
    }

    public Collection<NodeObservation> nodes() {
        return nodes.values();
    }

    public Collection<HostObservation> hosts() {
        return hosts.values();
    }

    /** @throws IllegalArgumentException if the node was not asked for */
    public NodeObservation node(NodeName name) {
        return observed(nodes.get(name), name);
    }

    /** @throws IllegalArgumentException if the host was not asked for */
    public HostObservation host(String name) {
        return observed(hosts.get(name), name);
    }

    private static <T> T observed(@Nullable T known, Object name) {
        if (known == null) {
            throw new IllegalArgumentException(name + " was not observed");
        }
        return known;
    }

    /** The instance of the node, if there is one and it could be seen. */
    public Optional<InstanceState> instance(NodeName name) {
        return node(name).seen().map(NodeObservation.Seen::instance);
    }

    /** The server of the node, if it answered. */
    public Optional<ServerFacts> server(NodeName name) {
        return instance(name).flatMap(InstanceState::server);
    }
}
