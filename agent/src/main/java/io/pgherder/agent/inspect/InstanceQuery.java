package io.pgherder.agent.inspect;

import io.pgherder.agent.postgres.Credentials;
import io.pgherder.agent.postgres.InstancePlace;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * One instance to look at.
 *
 * @param settings names of settings to report
 * @param everySetting whether to report also those that a file or the command line sets
 * @param roles names of roles to look up
 * @param databases names of databases to look up
 * @param reach to be tried from this host
 * @param listensOn the address that it is to listen on; all of them if that is not known
 * @param credentials to be compared with what is there; empty: nothing is
 */
public record InstanceQuery(
        InstancePlace place,
        List<String> settings,
        boolean everySetting,
        List<String> roles,
        List<String> databases,
        List<Endpoint> reach,
        InetAddress listensOn,
        Optional<Credentials> credentials) {
    public InstanceQuery {
        requireNonNull(place, "place is null");
        requireNonNull(listensOn, "listensOn is null");
        requireNonNull(credentials, "credentials is null");
        settings = List.copyOf(settings);
        roles = List.copyOf(roles);
        databases = List.copyOf(databases);
        reach = List.copyOf(reach);
    }
}
