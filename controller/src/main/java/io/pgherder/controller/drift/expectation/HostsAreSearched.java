package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.DeclaredInstances;
import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.drift.Subject;
import io.pgherder.controller.drift.Unseen;
import io.pgherder.controller.observation.HostObservation.Answered;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Agents could look for instances everywhere on their hosts: else nobody can say that there are no others than the declared ones. What several
 * agents on one machine do not see is told once.
 */
final class HostsAreSearched implements Expectation {
    @Override
    public Stream<Finding> unmet(SideBySide look) {
        Set<String> told = new HashSet<>();
        return look.hosts().stream()
                .filter(Answered.class::isInstance)
                .map(Answered.class::cast)
                .flatMap(host -> host.instances().unseen().stream()
                        .filter(why -> told.add(DeclaredInstances.machine(host) + " " + why.summary()))
                        .map(why -> new Unseen(new Subject(Optional.empty(), host.host()), why)));
    }
}
