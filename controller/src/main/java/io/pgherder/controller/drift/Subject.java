package io.pgherder.controller.drift;

import io.pgherder.controller.pgvalue.NodeName;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What a finding is about: a node, or a host as a whole.
 *
 * @param node empty if it is about the host
 * @param host the file's name for it
 */
public record Subject(Optional<NodeName> node, String host) {
    public Subject {
        requireNonNull(node, "node is null");
        requireNonNull(host, "host is null");
    }

    public boolean is(NodeName name) {
        return node.filter(name::equals).isPresent();
    }

    @Override
    public String toString() {
        return node.map(NodeName::value).orElse("host " + host);
    }
}
