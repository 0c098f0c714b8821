package io.pgherder.controller.topology.yaml;

import io.pgherder.controller.problem.Place;
import io.pgherder.controller.topology.FieldPath;
import io.pgherder.controller.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;

/**
 * A topology as read from its file, which remembers where each part of it is written.
 *
 * @param displayPath the file as the user named it
 * @param places where each path is declared; a path may come from a file that this one extends
 * @param notes what is not wrong but worth a word: "follows of the present primary is ignored"
 * @param digest SHA-256, in hexadecimal, over the bytes of the file and of all that it extends
 */
public record TopologyFile(
        Topology topology, String displayPath, Map<FieldPath, Place> places, List<String> notes, String digest) {
    private static final Pattern OF_A_NODE = Pattern.compile("nodes\\.[^.]+\\.(.+)");

    public TopologyFile {
        requireNonNull(topology, "topology is null");
        requireNonNull(displayPath, "displayPath is null");
        requireNonNull(digest, "digest is null");
        places = Map.copyOf(places);
        notes = List.copyOf(notes);
    }

    /**
     * Where this is declared. What a node does not say itself is found where it comes from: {@code defaults}, the settings of every
     * node, or the options of every connection to an upstream; failing that, the nearest declared ancestor answers.
     */
    public Optional<Place> placeOf(FieldPath path) {
        return originsOf(path.text()).stream()
                .map(origin -> Optional.ofNullable(places.get(new FieldPath(origin))))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static List<String> originsOf(String path) {
        List<String> origins = new ArrayList<>();
        origins.add(path);
        Matcher ofNode = OF_A_NODE.matcher(path);
        if (ofNode.matches()) {
            origins.add("defaults." + ofNode.group(1));
            origins.add(ofNode.group(1));
            origins.add("replication." + ofNode.group(1));
        }
        for (int dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
            origins.add(path.substring(0, dot));
        }
        return origins;
    }
}
