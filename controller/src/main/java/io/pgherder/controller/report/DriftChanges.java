package io.pgherder.controller.report;

import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.report.DriftChange.Cluster;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run tells that was not known before it, and what is known after it: runs follow each other as
 * {@code changes = changes.then(run.outcomes())}. Pure.
 *
 * <p>Unknown is not false: of what a run could not see or understand, what was known before stays known, and is neither told as vanished
 * nor, once it is seen again, as new.
 */
public final class DriftChanges {
    /** Before the first run: all that it finds is new. */
    public static final DriftChanges NONE_YET = new DriftChanges(List.of(), Map.of(), List.of());

    private final List<DriftChange> told;
    private final Map<FileKey, KnownCluster> known;
    private final List<Problem> obstacle;

    /** @param number from 0, where the same file is named more than once */
    private record FileKey(String topology, int number) {}

    private DriftChanges(List<DriftChange> told, Map<FileKey, KnownCluster> known, List<Problem> obstacle) {
        this.told = List.copyOf(told);
        this.known = known;
        this.obstacle = List.copyOf(obstacle);
    }

    /** In the order of the files, those that are gone before the others. */
    public List<DriftChange> told() {
        return told;
    }

    /** After a run that ended so. */
    public DriftChanges then(List<DriftOutcome> outcomes) {
        List<DriftChange> changes = new ArrayList<>();
        if (!obstacle.isEmpty()) {
            changes.add(new DriftChange.OfRun(DriftEvent.RUN_RESUMED, List.of()));
        }
        Map<FileKey, DriftOutcome> now = numbered(outcomes);
        known.forEach((key, cluster) -> {
            if (!now.containsKey(key) || isAnother(cluster, now.get(key))) {
                changes.add(new DriftChange.OfCluster(DriftEvent.FILE_REMOVED, cluster.cluster(), List.of()));
            }
        });
        Map<FileKey, KnownCluster> after = new LinkedHashMap<>();
        now.forEach(
                (key, outcome) -> after.put(key, before(key, outcome, changes).then(outcome, changes::add)));
        return new DriftChanges(changes, after, List.of());
    }

    /** After a run that could compare nothing, for these reasons. */
    public DriftChanges thenNone(List<Problem> reasons) {
        return new DriftChanges(
                reasons.equals(obstacle) ? List.of() : List.of(new DriftChange.OfRun(DriftEvent.RUN_FAILED, reasons)),
                known,
                reasons);
    }

    private KnownCluster before(FileKey key, DriftOutcome outcome, List<DriftChange> changes) {
        KnownCluster before = known.get(key);
        if (before != null && !isAnother(before, outcome)) {
            return before;
        }
        Cluster added = new Cluster(outcome.cluster(), outcome.path());
        changes.add(new DriftChange.OfCluster(DriftEvent.FILE_ADDED, added, List.of()));
        return KnownCluster.nothingOf(added);
    }

    /** Whether the file is now that of another cluster. */
    private static boolean isAnother(KnownCluster before, DriftOutcome outcome) {
        Optional<String> name = before.cluster().name();
        return name.isPresent() && outcome.cluster().isPresent() && !name.equals(outcome.cluster());
    }

    private static Map<FileKey, DriftOutcome> numbered(List<DriftOutcome> outcomes) {
        Map<String, Integer> times = new HashMap<>();
        Map<FileKey, DriftOutcome> numbered = new LinkedHashMap<>();
        for (DriftOutcome outcome : outcomes) {
            int number = times.merge(outcome.path(), 1, Integer::sum) - 1;
            numbered.put(new FileKey(outcome.path(), number), outcome);
        }
        return numbered;
    }
}
