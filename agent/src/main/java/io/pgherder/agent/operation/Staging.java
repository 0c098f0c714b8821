package io.pgherder.agent.operation;

import io.pgherder.agent.system.DataDirectory;
import io.pgherder.agent.system.FileSystemSync;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The frame of every verb that brings a data directory into being: stage, fill, bring to disk, install; and leave nothing when that
 * fails.
 */
record Staging(DataDirectory directory, String verb, OperationContext context) {
    /**
     * Whether the program that fills has to bring it to disk by itself, file by file, which takes several times as long: nothing counts
     * before it is installed, so that once before that is enough.
     */
    static boolean isSyncedByProgram() {
        return !FileSystemSync.isReliable();
    }

    /** Does the filling between the making of the staging directories and their moving into place. */
    String install(Supplier<String> filling) {
        directory.stage(verb);
        try {
            String outcome = filling.get();
            if (!isSyncedByProgram()) {
                sync();
            }
            directory.install();
            return outcome;
        } catch (RuntimeException e) {
            try {
                directory.discard();
            } catch (RuntimeException alsoFailed) {
                e.addSuppressed(alsoFailed);
            }
            throw e;
        }
    }

    private void sync() {
        context.phase("syncing to disk");
        List<Path> staged = Stream.concat(Stream.of(directory.staging()), directory.walStaging().stream())
                .toList();
        new FileSystemSync(context.host().runner()).run(staged, context.child(line -> {}), context.cancellation());
    }
}
