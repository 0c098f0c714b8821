package io.pgherder.controller.topology.yaml.draft;

import io.pgherder.controller.problem.Place;
import io.pgherder.controller.topology.FieldPath;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A node as written, the defaults and placeholders filled in.
 *
 * @param port PostgreSQL's own if it says none
 * @param portPlace where the port stands, or the node if it does not say one
 * @param settings by canonical name, those of every node and its own merged
 * @param options those of every connection to an upstream and its own merged
 */
public record NodeDraft(
        String name,
        FieldPath path,
        Place place,
        Optional<Written> host,
        Optional<Integer> port,
        Place portPlace,
        Optional<Written> follows,
        Optional<Written> dataDir,
        Optional<Written> walDir,
        Optional<Written> configDir,
        Optional<Integer> priority,
        Optional<Written> cloneFrom,
        Optional<Written> maxRate,
        Optional<Written> checkpoint,
        SortedMap<String, Written> settings,
        SortedMap<String, Written> options)
        implements Placed {
    public boolean isOn(String hostName) {
        return host.map(Written::text).filter(hostName::equals).isPresent();
    }

    public boolean follows(String nodeName) {
        return follows.map(Written::text).filter(nodeName::equals).isPresent();
    }
}
