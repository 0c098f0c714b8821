package io.pgherder.agent.inspect;

import io.pgherder.agent.postgres.InstancePlace;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * One instance to look at.
 *
 * @param settings names of settings to report
 * @param roles names of roles to look up
 * @param reach to be tried from this host
 */
public record InstanceQuery(InstancePlace place, List<String> settings, List<String> roles, List<Endpoint> reach) {
    public InstanceQuery {
        requireNonNull(place, "place is null");
        settings = List.copyOf(settings);
        roles = List.copyOf(roles);
        reach = List.copyOf(reach);
    }
}
