package io.pgherder.controller.topology.yaml;

import io.pgherder.controller.problem.Place;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.topology.FieldPath;
import io.pgherder.controller.topology.HostSpec;
import io.pgherder.controller.topology.NodeSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static io.pgherder.controller.topology.TopologyProblem.CLUSTERS_OVERLAP;
import static io.pgherder.controller.topology.TopologyProblem.CLUSTER_TWICE;

/**
 * No two clusters of a fleet are the same one, and none wants a port or a directory that is another's: each run would undo what the run
 * before has done. Clusters may share hosts and agents. Pure.
 */
public final class ClustersAreApart {
    private static final int MOST_DETAILS = 6;
    private static final FieldPath CLUSTER = new FieldPath("cluster");

    /** @param file the number of the later of the two files, from 0 */
    public record Collision(int file, Problem problem) {}

    /** What one node of one file wants for itself. */
    private record Claim(int file, NodeSpec node, String what) {
        FieldPath path() {
            return FieldPath.of("nodes", node.name().value());
        }
    }

    /** Two files, by their numbers, the first one first. */
    private record Pair(int first, int second) {}

    /** @param claim the first one of the later file that is in the way */
    private record Overlap(Claim claim, Set<String> details) {}

    private final List<TopologyFile> files;
    private final Map<Pair, Overlap> overlaps = new LinkedHashMap<>();

    private ClustersAreApart(List<TopologyFile> files) {
        this.files = List.copyOf(files);
    }

    /** One problem for each two files that cannot both be meant, placed in the later one. */
    public static List<Collision> collisions(List<TopologyFile> files) {
        return new ClustersAreApart(files).find();
    }

    private List<Collision> find() {
        List<Collision> found = new ArrayList<>();
        Map<String, Integer> named = new HashMap<>();
        List<Integer> distinct = new ArrayList<>();
        for (int file = 0; file < files.size(); file++) {
            Integer first = named.putIfAbsent(files.get(file).topology().cluster(), file);
            if (first == null) {
                distinct.add(file);
            } else {
                found.add(new Collision(file, twice(files.get(first), files.get(file))));
            }
        }
        ports(distinct);
        directories(distinct);
        overlaps.forEach((pair, overlap) -> found.add(new Collision(pair.second(), problem(pair, overlap))));
        return found;
    }

    private void ports(List<Integer> distinct) {
        Map<String, Claim> claimed = new HashMap<>();
        for (int file : distinct) {
            for (NodeSpec node : files.get(file).topology().nodes()) {
                HostSpec host = files.get(file).topology().host(node.host());
                Claim claim = new Claim(file, node, "port " + node.port());
                // One address is one machine; so is one agent, whatever it is called for clients.
                for (String machine : Set.of("at " + host.address(), "by " + host.agent())) {
                    Optional.ofNullable(claimed.putIfAbsent(machine + " port " + node.port(), claim))
                            .ifPresent(other -> collide(other, claim));
                }
            }
        }
    }

    private void directories(List<Integer> distinct) {
        Map<String, List<Claim>> claimed = new LinkedHashMap<>();
        for (int file : distinct) {
            for (NodeSpec node : files.get(file).topology().nodes()) {
                String agent = files.get(file).topology().host(node.host()).agent();
                List<String> directories = new ArrayList<>(List.of(node.dataDir()));
                node.walDir().ifPresent(directories::add);
                node.configDir().ifPresent(directories::add);
                for (String directory : directories) {
                    claimed.computeIfAbsent(agent + " " + plain(directory), unclaimed -> new ArrayList<>())
                            .add(new Claim(file, node, directory));
                }
            }
        }
        claimed.forEach((place, claims) -> {
            for (String around = place; around.contains("/"); around = around.substring(0, around.lastIndexOf('/'))) {
                for (Claim other : claimed.getOrDefault(around, List.of())) {
                    claims.forEach(claim -> collide(other, claim));
                }
            }
        });
    }

    private static String plain(String directory) {
        return directory.replaceAll("/+", "/").replaceAll("/$", "");
    }

    private void collide(Claim one, Claim other) {
        if (one.file() == other.file()) {
            return;
        }
        Claim first = one.file() < other.file() ? one : other;
        Claim second = one.file() < other.file() ? other : one;
        Pair pair = new Pair(first.file(), second.file());
        overlaps.computeIfAbsent(pair, none -> new Overlap(second, new LinkedHashSet<>()))
                .details()
                .add(words(first) + " and " + words(second));
    }

    private String words(Claim claim) {
        TopologyFile file = files.get(claim.file());
        return claim.node().name() + " (" + lineOf(file, claim.path()) + ") has " + claim.what();
    }

    private static Problem twice(TopologyFile first, TopologyFile second) {
        String cluster = second.topology().cluster();
        boolean same = first.displayPath().equals(second.displayPath());
        Problem problem = Problem.of(CLUSTER_TWICE, "two files declare the cluster \"" + cluster + "\"")
                .about(CLUSTER.text())
                .detail(lineOf(first, CLUSTER))
                .detail(lineOf(second, CLUSTER));
        return at(
                second.placeOf(CLUSTER),
                problem.hint(
                        same
                                ? "was the file named twice?"
                                : "is one a copy? A copy replaces its original: keep one of them in the fleet"));
    }

    private Problem problem(Pair pair, Overlap overlap) {
        List<String> details = List.copyOf(overlap.details());
        FieldPath path = overlap.claim().path();
        TopologyFile first = files.get(pair.first());
        TopologyFile second = files.get(pair.second());
        Problem problem = Problem.of(
                        CLUSTERS_OVERLAP,
                        "the clusters \"" + first.topology().cluster() + "\" and \""
                                + second.topology().cluster() + "\" claim the same ports or directories")
                .about(path.text())
                .details(details.subList(0, Math.min(MOST_DETAILS, details.size())));
        if (details.size() > MOST_DETAILS) {
            problem = problem.detail("and " + (details.size() - MOST_DETAILS) + " more");
        }
        return at(
                second.placeOf(path),
                problem.hint("which of the two is meant? Give the other ports and directories of its own"));
    }

    private static Problem at(Optional<Place> place, Problem problem) {
        return place.map(problem::at).orElse(problem);
    }

    /** {@code fleet/a.yaml:12}, or {@code fleet/a.yaml (common.yaml:3)} for what comes from a file that it extends. */
    private static String lineOf(TopologyFile file, FieldPath path) {
        return file.placeOf(path)
                .map(place -> place.file().equals(file.displayPath())
                        ? place.file() + ":" + place.line()
                        : file.displayPath() + " (" + place.file() + ":" + place.line() + ")")
                .orElse(file.displayPath());
    }
}
