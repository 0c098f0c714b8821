package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.drift.Subject;
import io.pgherder.controller.observation.HostObservation.Answered;
import io.pgherder.controller.topology.FieldPath;
import java.util.Optional;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/** Every agent is of the same version as this pgherder: one that is older does not see all of what is compared. */
final class AgentsAreOfThisVersion implements Expectation {
    private final Optional<String> own;

    AgentsAreOfThisVersion() {
        this(Optional.ofNullable(AgentsAreOfThisVersion.class.getPackage().getImplementationVersion()));
    }

    /** @param own empty where nobody knows, as in classes that are not packaged: then nothing is compared */
    AgentsAreOfThisVersion(Optional<String> own) {
        this.own = requireNonNull(own, "own is null");
    }

    @Override
    public Stream<Finding> unmet(SideBySide look) {
        return own.stream()
                .flatMap(version -> look.hosts().stream()
                        .filter(Answered.class::isInstance)
                        .map(Answered.class::cast)
                        .filter(host -> !host.agentVersion().equals(version))
                        .map(host -> Difference.of(
                                        new Subject(Optional.empty(), host.host()),
                                        DriftKind.AGENT_VERSION,
                                        FieldPath.of("hosts", host.host(), "agent"),
                                        "agent " + version + ", as this pgherder",
                                        "agent " + host.agentVersion())
                                .byHand("install the agent of this pgherder on " + host.host()
                                        + ", or use the pgherder of its version")));
    }
}
