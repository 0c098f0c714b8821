package io.pgherder.controller.drift;

import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.InstanceState.ConfigFile;
import io.pgherder.controller.topology.Topology;
import java.util.List;
import java.util.regex.Pattern;

/** Whether pg_hba.conf says what is declared; how its rules are spaced does not matter. */
public final class HbaDrift {
    private static final Pattern OWN_RULE = Pattern.compile("local all \\S+ peer( map=\\S+)?");

    private HbaDrift() {}

    public static boolean isAsDeclared(Topology topology, InstanceState instance) {
        return topology.hba()
                .map(rules -> instance.hba().filter(file -> holds(file, rules)).isPresent())
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
