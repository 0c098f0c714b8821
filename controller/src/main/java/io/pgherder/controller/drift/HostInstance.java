package io.pgherder.controller.drift;

import io.pgherder.controller.observation.HostObservation.Answered;
import io.pgherder.controller.observation.HostObservation.LocalInstance;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

import static java.util.Objects.requireNonNull;

/**
 * An instance on a host, whoever it belongs to.
 *
 * @param host the one whose agent installed it, if several agents on one machine see it
 */
public record HostInstance(Answered host, LocalInstance instance) {
    public HostInstance {
        requireNonNull(host, "host is null");
        requireNonNull(instance, "instance is null");
    }

    /** Each once, in the order of the hosts. */
    public static List<HostInstance> of(SideBySide look, BiPredicate<Answered, LocalInstance> which) {
        Map<String, HostInstance> byPlace = new LinkedHashMap<>();
        look.hosts().stream()
                .filter(Answered.class::isInstance)
                .map(Answered.class::cast)
                .forEach(host -> host.instances().found().stream()
                        .filter(instance -> which.test(host, instance))
                        .map(instance -> new HostInstance(host, instance))
                        .forEach(found -> byPlace.merge(found.place(), found, HostInstance::ofItsAgent)));
        return List.copyOf(byPlace.values());
    }

    private String place() {
        return DeclaredInstances.machine(host) + " " + instance.pid() + " " + instance.dataDir();
    }

    private static HostInstance ofItsAgent(HostInstance first, HostInstance other) {
        return first.instance.installedHere() || !other.instance.installedHere() ? first : other;
    }
}
