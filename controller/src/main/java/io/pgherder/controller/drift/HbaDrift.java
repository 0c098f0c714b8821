package io.pgherder.controller.drift;

import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.InstanceState.ConfigFile;
import io.pgherder.controller.topology.Topology;
import java.util.List;
import java.util.regex.Pattern;

/** Whether pg_hba.conf says what is declared, and the server knows; how its rules are spaced does not matter. */
public final class HbaDrift {
    private static final Pattern OWN_RULE = Pattern.compile("local all \\S+ peer( map=\\S+)?");

    private HbaDrift() {}

    public static boolean isAsDeclared(Topology topology, InstanceState instance) {
        return topology.hba()
                .map(rules -> instance.hba().filter(file -> holds(file, rules)).isPresent())
                .orElse(true);
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

    /** The agent's own way in comes first, with or without a user name map. */
    private static boolean holds(ConfigFile file, List<String> rules) {
        List<String> lines = file.lines().stream().map(HbaDrift::spaced).toList();
        return !lines.isEmpty()
                && OWN_RULE.matcher(lines.get(0)).matches()
                && lines.subList(1, lines.size())
                        .equals(rules.stream().map(HbaDrift::spaced).toList());
    }

    private static String spaced(String line) {
        return line.strip().replaceAll("\\s+", " ");
    }
}
