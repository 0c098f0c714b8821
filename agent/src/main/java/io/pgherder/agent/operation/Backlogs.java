package io.pgherder.agent.operation;

import io.pgherder.agent.operation.SynchronousMembers.Connected;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What each of several standbys lacks, and whether that becomes less: each is compared with itself, because one that has nearly caught up, or
 * that goes away, says nothing of one that has far to go.
 */
final class Backlogs {
    private final Map<String, Long> least = new HashMap<>();
    private int timesLess;

    /** How often so far a look has found one of them to lack less than ever before; one that has said nothing is no news. */
    int timesLess(List<Connected> now) {
        boolean anyLess = false;
        for (Connected standby : now) {
            if (standby.bytesBehind().isPresent()
                    && isLess(standby.name(), standby.bytesBehind().get())) {
                anyLess = true;
            }
        }
        timesLess += anyLess ? 1 : 0;
        return timesLess;
    }

    private boolean isLess(String standby, long bytes) {
        Long before = least.get(standby);
        if (before != null && before <= bytes) {
            return false;
        }
        least.put(standby, bytes);
        return true;
    }
}
