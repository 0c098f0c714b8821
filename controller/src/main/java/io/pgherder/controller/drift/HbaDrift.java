package io.pgherder.controller.drift;

import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.topology.Topology;

/** Whether pg_hba.conf says what is declared, and the server knows; how its rules are spaced does not matter. */
public final class HbaDrift {
    private HbaDrift() {}

    public static boolean isAsDeclared(Topology topology, InstanceState instance) {
        return topology.hba().isEmpty()
                || instance.hba()
                        .flatMap(file -> HbaRules.of(topology, file))
                        .filter(HbaRules::agree)
                        .isPresent();
    }

    /** As declared, and a running server has read it since it was written; a stopped one will, when it starts. */
    public static boolean isInForce(Topology topology, InstanceState instance) {
        return isAsDeclared(topology, instance) && (topology.hba().isEmpty() || isLoaded(instance));
    }

    private static boolean isLoaded(InstanceState instance) {
        return instance.server()
                .map(server -> instance.hba().filter(server::hasLoaded).isPresent())
                .orElse(true);
    }
}
