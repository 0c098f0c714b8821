package io.pgherder.controller.plan;

import io.pgherder.controller.observation.DirectoryFacts;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.NodeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Directories that are declared as two and are one, because a symbolic link leads from the one to the other: that of a data or a WAL directory,
 * or pg_wal itself, as in a copy of another node's data directory.
 */
public final class SharedDirectories {
    private SharedDirectories() {}

    /**
     * @param node which is declared to have a directory of its own
     * @param declared as the file has it
     * @param real where that leads
     * @param owner whose directory that is
     */
    public record Shared(NodeName node, String declared, String real, NodeName owner) {}

    /** Of two nodes the one whose directory leads elsewhere than declared, or else the later one. */
    public static List<Shared> of(Situation situation) {
        List<Place> places = situation.nodes().stream()
                .flatMap(node -> places(situation, node))
                .toList();
        List<Shared> shared = new ArrayList<>();
        for (Place place : places) {
            if (isDeclaredHere(place, places)) {
                continue;
            }
            owner(place, places)
                    .map(owner -> new Shared(place.node, place.declared, place.real, owner.node))
                    .ifPresent(shared::add);
        }
        return shared;
    }

    /** The nodes of these: what is seen in their directories is another node's. */
    public static Set<NodeName> nodes(Situation situation) {
        return of(situation).stream().map(Shared::node).collect(Collectors.toSet());
    }

    /** Its own, where it is declared: whoever else comes there is the guest. */
    private static boolean isDeclaredHere(Place place, List<Place> all) {
        return !place.isItself()
                && all.stream()
                        .anyMatch(own -> own.node.equals(place.node) && own.isItself() && own.real.equals(place.real));
    }

    private static Optional<Place> owner(Place place, List<Place> all) {
        return all.stream()
                .filter(other -> !other.node.equals(place.node)
                        && other.host.equals(place.host)
                        && other.real.equals(place.real))
                .filter(other -> other.isItself() != place.isItself()
                        ? other.isItself()
                        : all.indexOf(other) < all.indexOf(place))
                .findFirst();
    }

    private static Stream<Place> places(Situation situation, NodeName node) {
        NodeSpec declared = situation.topology().node(node);
        return situation.ground(node).stream()
                .flatMap(ground -> Stream.of(
                                Stream.of(place(node, declared.host(), declared.dataDir(), ground.dataDir())),
                                walInUse(node, declared, ground.dataDir()),
                                declared.walDir().stream()
                                        .flatMap(path -> ground.walDir().stream()
                                                .map(wal -> place(node, declared.host(), path, wal))),
                                declared.configDir().stream()
                                        .flatMap(path -> ground.configDirectory().stream()
                                                .map(seen -> new Place(node, declared.host(), path, seen.path()))))
                        .flatMap(places -> places));
    }

    /** Wherever it is declared. */
    private static Stream<Place> walInUse(NodeName node, NodeSpec declared, DirectoryFacts dataDir) {
        return dataDir.walTarget().isEmpty()
                ? Stream.empty()
                : Stream.of(new Place(node, declared.host(), declared.dataDir() + "/pg_wal", dataDir.walTarget()));
    }

    private static Place place(NodeName node, String host, String declared, DirectoryFacts seen) {
        return new Place(node, host, declared, seen.path());
    }

    private record Place(NodeName node, String host, String declared, String real) {
        boolean isItself() {
            return declared.equals(real);
        }
    }
}
