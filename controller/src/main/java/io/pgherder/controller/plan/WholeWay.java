package io.pgherder.controller.plan;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Condition.Streams;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Who must stream before a standby moves to its declared upstream: all on the way that it leaves, and all on the one where it arrives.
 * So no two standbys ever wait for each other's WAL.
 */
public final class WholeWay {
    private WholeWay() {}

    public static Set<Streams> of(Situation situation, NodeName standby) {
        Set<Streams> links = new LinkedHashSet<>();
        if (situation.firstUpstream(standby).comesBeforeTheDeclared()) {
            links.add(new Streams(standby, situation.firstUpstream(standby).node()));
        }
        links.addAll(leaving(situation, standby));
        links.addAll(arriving(situation, standby));
        return links;
    }

    /**
     * It leaves when it lacks nothing that its first upstream still gets from the primary, unless somebody on that way is declared below it
     * and cannot get anything before.
     */
    private static Set<Streams> leaving(Situation situation, NodeName standby) {
        Set<Streams> links = new LinkedHashSet<>();
        Set<NodeName> passed = new HashSet<>(Set.of(standby, situation.primary()));
        NodeName at = situation.firstUpstream(standby).node();
        while (passed.add(at) && !waitsFor(situation, at, standby)) {
            NodeName next = situation.firstUpstream(at).onceItStreams();
            links.add(new Streams(at, next));
            at = next;
        }
        return links;
    }

    /** Whether it does not stream, and is to do so first in the declared tree, below this standby. */
    private static boolean waitsFor(Situation situation, NodeName cutOff, NodeName standby) {
        if (situation.tree().streamsFrom(cutOff).isPresent()
                || situation.firstUpstream(cutOff).comesBeforeTheDeclared()) {
            return false;
        }
        NodeName at = cutOff;
        while (!at.equals(standby) && !at.equals(situation.primary())) {
            at = situation.declaredUpstream(at);
        }
        return at.equals(standby);
    }

    /** It arrives where the declared tree stands already, up to the primary: one that stands alone might be waiting for WAL from below. */
    private static Set<Streams> arriving(Situation situation, NodeName standby) {
        Set<Streams> links = new LinkedHashSet<>();
        NodeName above = situation.declaredUpstream(standby);
        while (!above.equals(situation.primary())) {
            NodeName next = situation.declaredUpstream(above);
            links.add(new Streams(above, next));
            above = next;
        }
        return links;
    }
}
