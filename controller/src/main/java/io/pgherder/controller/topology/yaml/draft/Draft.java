package io.pgherder.controller.topology.yaml.draft;

import io.pgherder.controller.problem.Place;
import io.pgherder.controller.topology.DriftLimits;
import java.util.List;
import java.util.Optional;

/**
 * A whole topology as written. It may contradict itself: that is what the rules look for. What the shape check has refused is empty
 * here, so that one mistake does not hide another.
 *
 * @param hostNames of all hosts, also of those that are written so badly that they are not among the hosts
 * @param nodeNames of all nodes, likewise
 * @param settings each declared setting once, unfilled, under its canonical name
 * @param options each declared connection option once, likewise
 * @param tlsDirectory relative to the file that says it
 * @param hba empty: pg_hba.conf is not managed
 */
public record Draft(
        Optional<Written> cluster,
        Optional<Written> primary,
        PostgresDraft postgres,
        Optional<Written> replicationUser,
        Optional<PasswordDraft> password,
        Optional<Boolean> slots,
        Optional<SynchronousDraft> synchronous,
        Optional<Written> tlsDirectory,
        List<HostDraft> hosts,
        List<NodeDraft> nodes,
        List<String> hostNames,
        List<String> nodeNames,
        List<SettingDraft> settings,
        List<SettingDraft> options,
        Optional<List<Written>> hba,
        DriftLimits limits) {
    public Draft {
        hosts = List.copyOf(hosts);
        nodes = List.copyOf(nodes);
        hostNames = List.copyOf(hostNames);
        nodeNames = List.copyOf(nodeNames);
        settings = List.copyOf(settings);
        options = List.copyOf(options);
        hba = hba.map(List::copyOf);
    }

    /** One setting, or connection option, where it is declared. */
    public record SettingDraft(String name, Place place, Written value) {}

    public Optional<NodeDraft> node(String name) {
        return nodes.stream().filter(node -> node.name().equals(name)).findFirst();
    }

    public Optional<HostDraft> host(String name) {
        return hosts.stream().filter(host -> host.name().equals(name)).findFirst();
    }

    public boolean isPrimary(NodeDraft node) {
        return primary.map(Written::text).filter(node.name()::equals).isPresent();
    }

    /** Whom the node streams from: what it says, else the primary; empty for the primary itself. */
    public Optional<NodeDraft> upstreamOf(NodeDraft node) {
        return upstreamName(node).flatMap(this::node);
    }

    private Optional<String> upstreamName(NodeDraft node) {
        return isPrimary(node)
                ? Optional.empty()
                : node.follows().or(() -> primary).map(Written::text);
    }

    public List<NodeDraft> followersOf(NodeDraft upstream) {
        return nodes.stream()
                .filter(node ->
                        upstreamName(node).filter(upstream.name()::equals).isPresent())
                .toList();
    }

    public boolean usesSlots() {
        return slots.orElse(true);
    }
}
