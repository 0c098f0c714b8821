package io.pgherder.controller.drift;

import io.pgherder.controller.drift.expectation.Expectation;
import io.pgherder.controller.observation.ClusterObservation;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.NodeSpec;
import io.pgherder.controller.topology.Topology;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * How a cluster differs from its file, and what of it could not be seen.
 *
 * @param findings in the order of the expectations, and for each in the file's order
 */
public record ClusterDrift(Topology topology, List<Finding> findings) {
    public ClusterDrift {
        requireNonNull(topology, "topology is null");
        findings = List.copyOf(findings);
    }

    public static ClusterDrift of(Topology topology, ClusterObservation seen) {
        return of(new SideBySide(topology, seen));
    }

    public static ClusterDrift of(SideBySide look) {
        return new ClusterDrift(
                look.topology(),
                Expectation.all().stream()
                        .flatMap(expectation -> expectation.unmet(look))
                        .distinct()
                        .toList());
    }

    /**
     * Only what is about these nodes, and about the hosts that they are on; and what could not be seen of those above them, with which they are
     * compared.
     */
    public ClusterDrift within(Predicate<NodeName> nodes) {
        Set<String> hosts = topology.nodes().stream()
                .filter(node -> nodes.test(node.name()))
                .map(NodeSpec::host)
                .collect(Collectors.toSet());
        Set<NodeName> above = above(nodes);
        return new ClusterDrift(
                topology,
                findings.stream()
                        .filter(finding -> finding.subject()
                                .node()
                                .map(node -> nodes.test(node) || (finding instanceof Unseen && above.contains(node)))
                                .orElseGet(
                                        () -> hosts.contains(finding.subject().host())))
                        .toList());
    }

    private Set<NodeName> above(Predicate<NodeName> nodes) {
        Set<NodeName> above = new HashSet<>();
        topology.nodes().stream().map(NodeSpec::name).filter(nodes).forEach(node -> {
            Optional<NodeName> upstream = topology.upstreamOf(node);
            while (upstream.isPresent() && above.add(upstream.get())) {
                upstream = topology.upstreamOf(upstream.get());
            }
        });
        return above;
    }

    public List<Difference> differences() {
        return only(Difference.class).toList();
    }

    public List<Unseen> unseen() {
        return only(Unseen.class).toList();
    }

    public List<Difference> differencesOf(NodeName node) {
        return only(Difference.class)
                .filter(difference -> difference.subject().is(node))
                .toList();
    }

    public List<Unseen> unseenOf(NodeName node) {
        return only(Unseen.class).filter(unseen -> unseen.subject().is(node)).toList();
    }

    /** What is about a host as a whole. */
    public List<Difference> differencesOfHosts() {
        return only(Difference.class)
                .filter(difference -> difference.subject().node().isEmpty())
                .toList();
    }

    /** Of hosts that have no node. */
    public List<Unseen> unseenHosts() {
        return only(Unseen.class)
                .filter(unseen -> unseen.subject().node().isEmpty())
                .toList();
    }

    public Outcome outcome(NodeName node) {
        if (!differencesOf(node).isEmpty()) {
            return Outcome.DIFFERS;
        }
        return unseenOf(node).isEmpty() ? Outcome.IN_SYNC : Outcome.NOT_SEEN;
    }

    /** Whether everything was seen, and is as the file says. */
    public boolean isInSync() {
        return findings.isEmpty();
    }

    public boolean differs() {
        return only(Difference.class).findAny().isPresent();
    }

    private <T extends Finding> Stream<T> only(Class<T> kind) {
        return findings.stream().filter(kind::isInstance).map(kind::cast);
    }
}
