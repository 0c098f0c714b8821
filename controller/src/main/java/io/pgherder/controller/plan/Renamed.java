package io.pgherder.controller.plan;

import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.WalSender;
import io.pgherder.controller.observation.SynchronousStandbys;
import io.pgherder.controller.pgvalue.NodeName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

    /** Whether the rule in force waits for some of them, by names that no node has, and those that keep theirs are not enough. */
    static boolean areWaitedFor(Situation situation) {
        return !standbys(situation).isEmpty()
                && situation
                        .server(situation.primary())
                        .filter(server -> SynchronousStandbys.waitedFor(server)
                                .filter(rule -> areNeeded(situation, rule, server))
                                .isPresent())
                        .isPresent();
    }

    private static boolean areNeeded(Situation situation, SynchronousStandbys rule, ServerFacts primary) {
        Set<String> confirming = rule.confirmations(primary).confirming();
        return primary.walSenders().stream()
                        .map(WalSender::name)
                        .anyMatch(name -> rule.names().contains(name) && !isDeclared(situation, name))
                && confirming.stream()
                                .filter(name -> isDeclared(situation, name))
                                .count()
                        < rule.count();
    }

    private static boolean isDeclared(Situation situation, String name) {
        return situation.nodes().stream().anyMatch(node -> node.value().equals(name));
    }
}
