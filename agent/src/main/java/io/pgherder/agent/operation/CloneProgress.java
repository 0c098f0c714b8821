package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.PgBaseBackup;
import io.pgherder.agent.postgres.PgBaseBackup.Advance;
import io.pgherder.agent.system.Cancellation;
import java.util.Optional;

/** Reads pg_basebackup's own words and passes on how far it is; stops it when the source turns out to have tablespaces. */
final class CloneProgress {
    private final OperationContext context;
    private final Cancellation stop;
    private volatile long bytes;
    private volatile boolean foundTablespaces;

    CloneProgress(OperationContext context, Cancellation stop) {
        this.context = context;
        this.stop = stop;
    }

    void line(String line) {
        Optional<Advance> advance = PgBaseBackup.advance(line);
        if (advance.isEmpty()) {
            return;
        }
        if (advance.get() instanceof Advance.Copied copied) {
            bytes = copied.doneBytes();
            context.progress("copying", copied.doneBytes(), Math.max(copied.doneBytes(), copied.totalBytes()));
            if (copied.tablespaces() > 1) {
                foundTablespaces = true;
                stop.request();
            }
        } else if (advance.get() instanceof Advance.Phase phase) {
            context.progress(phase.words(), bytes, bytes);
        }
    }

    /** How much was copied. */
    long bytes() {
        return bytes;
    }

    boolean foundTablespaces() {
        return foundTablespaces;
    }
}
