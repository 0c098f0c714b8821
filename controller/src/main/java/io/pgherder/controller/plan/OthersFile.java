package io.pgherder.controller.plan;

import io.pgherder.controller.drift.ManagedFile;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.pgvalue.NodeName;
import java.util.Optional;

/** A pgherder.conf that came from another node: with an exchange of names, with a copy made by hand, or with pg_rewind. */
public final class OthersFile {
    private OthersFile() {}

    /** The other declared node that the file names; empty if it is the node's own, or names nobody who is declared. */
    public static Optional<NodeName> owner(Situation situation, NodeName node) {
        return situation
                .instance(node)
                .flatMap(InstanceState::managedSettings)
                .flatMap(file -> ManagedFile.of(file).value("cluster_name"))
                .flatMap(name -> situation.nodes().stream()
                        .filter(other -> other.value().equals(name) && !other.equals(node))
                        .findFirst());
    }
}
