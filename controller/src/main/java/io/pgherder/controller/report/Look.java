package io.pgherder.controller.report;

import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.observation.ClusterObservation;
import io.pgherder.controller.observation.HostObservation;
import io.pgherder.controller.observation.NodeObservation;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.pgvalue.SystemIdentifier;
import io.pgherder.controller.problem.Place;
import io.pgherder.controller.topology.FieldPath;
import io.pgherder.controller.topology.yaml.TopologyFile;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

import static java.util.Objects.requireNonNull;

/**
 * One look at a cluster: what every report about it begins with.
 *
 * @param looking how long it took
 */
public record Look(TopologyFile file, ClusterObservation seen, Duration looking) {
    public Look {
        requireNonNull(file, "file is null");
        requireNonNull(seen, "seen is null");
        requireNonNull(looking, "looking is null");
    }

    public String cluster() {
        return file.topology().cluster();
    }

    public Optional<SystemIdentifier> systemIdentifier() {
        return new SideBySide(file.topology(), seen).systemIdentifier();
    }

    public int agents() {
        return seen.hosts().size();
    }

    public long agentsThatAnswered() {
        return seen.hosts().stream()
                .filter(HostObservation.Answered.class::isInstance)
                .count();
    }

    /** Whether every node could be looked at. */
    public boolean sawEveryNode() {
        return seen.nodes().stream().noneMatch(NodeObservation.Unreachable.class::isInstance);
    }

    /** The versions that run; while nothing runs, the declared major version. */
    public List<String> versions() {
        TreeSet<String> running = new TreeSet<>();
        file.topology()
                .nodes()
                .forEach(node -> seen.server(node.name())
                        .map(ServerFacts::version)
                        .ifPresent(version -> running.add(version.toString())));
        return running.isEmpty()
                ? List.of(Integer.toString(file.topology().postgres().majorVersion()))
                : List.copyOf(running);
    }

    /** Where something is declared: "line 21", or "common.yaml:21" if that is not the file that was named. */
    public Optional<String> placeOf(FieldPath path) {
        return file.placeOf(path).map(place -> words(place, file.displayPath()));
    }

    /** The same of a place, for a reader who has named this file. */
    public static String words(Place place, String named) {
        return place.file().equals(named) ? "line " + place.line() : place.file() + ":" + place.line();
    }
}
