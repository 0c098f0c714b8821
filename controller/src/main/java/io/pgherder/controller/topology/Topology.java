package io.pgherder.controller.topology;

import io.pgherder.controller.pgvalue.NodeName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * One cluster as declared. Once built it is consistent: every name resolves, {@code follows} has no cycle, no two nodes share a place.
 *
 * @param primary who should hold the role
 * @param hosts in the file's order
 * @param nodes in the file's order
 * @param hba the lines of pg_hba.conf after the agent's own; empty Optional: pg_hba.conf is not managed
 */
public record Topology(
        String cluster,
        NodeName primary,
        PostgresSpec postgres,
        ReplicationSpec replication,
        SynchronousRule synchronous,
        List<HostSpec> hosts,
        List<NodeSpec> nodes,
        Optional<List<String>> hba,
        AgentAccess agents,
        DriftLimits limits) {
    public Topology {
        requireNonNull(cluster, "cluster is null");
        requireNonNull(primary, "primary is null");
        requireNonNull(postgres, "postgres is null");
        requireNonNull(replication, "replication is null");
        requireNonNull(synchronous, "synchronous is null");
        requireNonNull(agents, "agents is null");
        requireNonNull(limits, "limits is null");
        hosts = List.copyOf(hosts);
        nodes = List.copyOf(nodes);
        hba = hba.map(List::copyOf);
        checkReferences(primary, synchronous, hosts, nodes);
        checkTree(primary, nodes);
    }

    private static void checkReferences(
            NodeName primary, SynchronousRule synchronous, List<HostSpec> hosts, List<NodeSpec> nodes) {
        Set<String> hostNames = new HashSet<>();
        for (HostSpec host : hosts) {
            require(hostNames.add(host.name()), "two hosts are named " + host.name());
        }
        Set<NodeName> names = new HashSet<>();
        Set<String> places = new HashSet<>();
        for (NodeSpec node : nodes) {
            require(names.add(node.name()), "two nodes are named " + node.name());
            require(hostNames.contains(node.host()), node.name() + " is on an unknown host " + node.host());
            require(places.add(node.host() + " " + node.port()), node.name() + " shares its port with another node");
            require(places.add(node.host() + " " + node.dataDir()), node.name() + " shares its data directory");
            require(
                    node.walDir().isEmpty()
                            || places.add(node.host() + " " + node.walDir().get()),
                    node.name() + " shares its WAL directory");
            require(
                    node.configDir().isEmpty()
                            || places.add(node.host() + " " + node.configDir().get()),
                    node.name() + " shares its configuration directory");
        }
        require(names.contains(primary), "the primary " + primary + " is no node");
        for (NodeSpec node : nodes) {
            require(node.follows().isEmpty() || names.contains(node.follows().get()), node.name() + " follows nobody");
            require(
                    node.cloning().from().isEmpty()
                            || names.contains(node.cloning().from().get()),
                    node.name() + " is cloned from nobody");
        }
        require(names.containsAll(synchronous.group()), "the synchronous group names an unknown node");
        require(
                new HashSet<>(synchronous.group()).size() == synchronous.group().size(),
                "the synchronous group names a node twice");
    }

    private static void checkTree(NodeName primary, List<NodeSpec> nodes) {
        for (NodeSpec start : nodes) {
            Set<NodeName> seen = new HashSet<>();
            Optional<NodeName> at = Optional.of(start.name());
            while (at.isPresent() && !at.get().equals(primary)) {
                require(seen.add(at.get()), start.name() + " follows itself in a circle");
                NodeName here = at.get();
                at = nodes.stream()
                        .filter(n -> n.name().equals(here))
                        .findFirst()
                        .flatMap(NodeSpec::follows);
            }
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** @throws IllegalArgumentException if no node has this name */
    public NodeSpec node(NodeName name) {
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no node " + name));
    }

    public boolean declares(NodeName name) {
        return nodes.stream().anyMatch(node -> node.name().equals(name));
    }

    /** @throws IllegalArgumentException if no host has this name */
    public HostSpec host(String name) {
        return hosts.stream()
                .filter(host -> host.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no host " + name));
    }

    public HostSpec hostOf(NodeName node) {
        return host(node(node).host());
    }

    /** The node that replication reaches there; empty if none is declared to be there. */
    public Optional<NodeName> nodeAt(String address, int port) {
        return nodes.stream()
                .filter(node ->
                        node.port() == port && host(node.host()).address().equals(address))
                .map(NodeSpec::name)
                .findFirst();
    }

    /** Whom the node streams from: what it declares, else the primary; empty for the primary itself, whatever it declares. */
    public Optional<NodeName> upstreamOf(NodeName name) {
        if (name.equals(primary)) {
            return Optional.empty();
        }
        return Optional.of(node(name).follows().orElse(primary));
    }

    /** Those that stream from the node directly, in the file's order. */
    public List<NodeName> followersOf(NodeName name) {
        return nodes.stream()
                .map(NodeSpec::name)
                .filter(node -> upstreamOf(node).filter(name::equals).isPresent())
                .toList();
    }
}
