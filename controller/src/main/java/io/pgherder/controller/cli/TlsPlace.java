package io.pgherder.controller.cli;

import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemsException;
import io.pgherder.controller.topology.yaml.TopologyFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Where the controller's certificates are: what was said most closely wins, {@code --tls}, then {@code PGHERDER_TLS}, then the topology;
 * if nothing was said, the first of the usual places that exists.
 */
final class TlsPlace {
    private final Surroundings surroundings;

    TlsPlace(Surroundings surroundings) {
        this.surroundings = requireNonNull(surroundings, "surroundings is null");
    }

    /** @throws ProblemsException if nothing was said and none of the usual places exists */
    Path find(Optional<Path> option, TopologyFile file) {
        return find(option, declared(file), "--tls DIR, PGHERDER_TLS, or \"agents: { tls: DIR }\" in the topology");
    }

    /**
     * The same for a command that has no topology.
     *
     * @throws ProblemsException if nothing was said and none of the usual places exists
     */
    Path find(Optional<Path> option) {
        return find(option, Optional.empty(), "--tls DIR or PGHERDER_TLS");
    }

    private Path find(Optional<Path> option, Optional<Path> declared, String where) {
        return option.or(() -> surroundings.variable("PGHERDER_TLS").map(Path::of))
                .or(() -> declared)
                .or(this::usual)
                .orElseThrow(() -> nowhere(where));
    }

    private static Optional<Path> declared(TopologyFile file) {
        return file.topology().agents().tlsDirectory().map(Path::of);
    }

    private Optional<Path> usual() {
        return usualPlaces().stream().filter(Files::isDirectory).findFirst();
    }

    private List<Path> usualPlaces() {
        List<Path> places = new ArrayList<>();
        surroundings.variable("HOME").ifPresent(home -> places.add(Path.of(home, ".config", "pgherder", "tls")));
        places.add(Path.of("/etc/pgherder/tls"));
        return places;
    }

    private ProblemsException nowhere(String where) {
        Problem problem = Problem.of(CliProblem.NO_CERTIFICATES, "found no certificates to show to the agents");
        for (Path place : usualPlaces()) {
            problem = problem.detail("no directory " + place);
        }
        return new ProblemsException(
                problem.hint("name the directory with ca.crt, controller.crt and controller.key: " + where));
    }
}
