package io.pgherder.controller.plan;

import io.pgherder.controller.pgvalue.NodeName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which copies of one source are made side by side: as many as it can serve at once, and the others in later waves, each when the wave
 * before it streams. A standby that streams takes one WAL sender less than its copy took, so each wave leaves less room for the next,
 * but never none: that the last copy fits is a safety check's finding.
 */
public final class CopyWaves {
    private CopyWaves() {}

    /** For each copy those that must stream before it may begin. */
    public static Map<NodeName, List<NodeName>> waitsFor(Situation situation) {
        Map<NodeName, List<NodeName>> waits = new HashMap<>();
        for (SourceCapacity source : SourceCapacity.all(situation)) {
            List<NodeName> previous = List.of();
            for (List<NodeName> wave : waves(situation, source)) {
                for (NodeName copy : wave) {
                    waits.put(copy, previous);
                }
                previous = wave;
            }
        }
        return waits;
    }

    /** Copies that are under way are all of the first: they have begun. */
    private static List<List<NodeName>> waves(Situation situation, SourceCapacity source) {
        List<NodeName> copies = source.copies();
        int underWay = (int) copies.stream().filter(situation::isBeingMade).count();
        List<List<NodeName>> waves = new ArrayList<>();
        for (int done = 0; done < copies.size(); ) {
            int atOnce = source.copiesAtOnce(source.sendersForCopies() - done);
            int size = Math.max(1, Math.max(atOnce, waves.isEmpty() ? underWay : 0));
            int end = Math.min(copies.size(), done + size);
            waves.add(copies.subList(done, end));
            done = end;
        }
        return waves;
    }
}
