package io.pgherder.agent.postgres;

import java.util.Optional;

/**
 * Counts how often a recovery was seen to have come forward: to a later WAL file, or, as long as it names none, by having worked since. One that
 * names a file and works on it is not forward before the next one: it may be waiting for WAL that never comes.
 */
final class RecoveryProgress {
    private Optional<RecoveryPoint> last = Optional.empty();
    private String farthest = "";
    private long moves;

    /** How many moves there were so far, with that to this point. */
    long movesAt(RecoveryPoint now) {
        if (isForward(now)) {
            moves++;
        }
        farthest = now.walFile().filter(file -> file.compareTo(farthest) > 0).orElse(farthest);
        last = Optional.of(now);
        return moves;
    }

    private boolean isForward(RecoveryPoint now) {
        return now.walFile()
                .map(file -> file.compareTo(farthest) > 0)
                .orElseGet(
                        () -> last.filter(before -> now.work() > before.work()).isPresent());
    }
}
