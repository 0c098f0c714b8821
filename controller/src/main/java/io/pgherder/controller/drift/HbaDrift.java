package io.pgherder.controller.drift;

import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.InstanceState.ConfigFile;
import io.pgherder.controller.topology.Topology;
import java.util.List;

/** Whether pg_hba.conf says what is declared; how its rules are spaced does not matter. */
public final class HbaDrift {
    private HbaDrift() {}

    public static boolean isAsDeclared(Topology topology, InstanceState instance) {
        return topology.hba()
                .map(rules -> instance.hba()
                        .filter(file -> holds(file, rules, topology))
                        .isPresent())
                .orElse(true);
    }

    /** The agent's own line comes first: without it the agent could lock itself out. */
    private static boolean holds(ConfigFile file, List<String> rules, Topology topology) {
        List<String> lines = file.lines().stream().map(HbaDrift::spaced).toList();
        String own = "local all " + topology.postgres().superuser() + " peer";
        return !lines.isEmpty()
                && lines.get(0).startsWith(own)
                && lines.subList(1, lines.size())
                        .equals(rules.stream().map(HbaDrift::spaced).toList());
    }

    private static String spaced(String line) {
        return line.strip().replaceAll("\\s+", " ");
    }
}
