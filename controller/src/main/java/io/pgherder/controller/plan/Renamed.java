package io.pgherder.controller.plan;

import io.pgherder.controller.observation.SynchronousStandbys;
import io.pgherder.controller.pgvalue.NodeName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Standbys that stream from the primary under another name than they are declared with, and take theirs by a reload: from then on the rule that
 * the primary has in force does not count them, until it takes the declared one.
 */
public final class Renamed {
    private Renamed() {}

    /** In the file's order. */
    public static List<NodeName> standbys(Situation situation) {
        NodeName primary = situation.primary();
        return situation.standbys().stream()
                .filter(standby -> situation.tree().streamsFrom(standby).equals(Optional.of(primary))
                        && situation.tree().sender(primary, standby).isEmpty()
                        && situation.loginRole(standby).otherInForce().isEmpty()
                        && situation.upstreamOptions(standby).otherInForce().isEmpty()
                        && !new Condition.SettingsInForce(standby).holdsIn(situation))
                .toList();
    }

    /** Whether the rule in force waits for some of them, by names that no node has. */
    static boolean areWaitedFor(Situation situation) {
        return !standbys(situation).isEmpty()
                && situation
                        .server(situation.primary())
                        .filter(server -> SynchronousStandbys.waitedFor(server)
                                .filter(rule -> server.walSenders().stream()
                                        .map(sender -> sender.applicationName().toLowerCase(Locale.ROOT))
                                        .anyMatch(name -> rule.names().contains(name) && !isDeclared(situation, name)))
                                .isPresent())
                        .isPresent();
    }

    private static boolean isDeclared(Situation situation, String name) {
        return situation.nodes().stream().anyMatch(node -> node.value().equals(name));
    }
}
