package io.pgherder.agent.operation;

import io.pgherder.agent.system.DataDirectory;
import java.util.function.Supplier;

/** The frame of every verb that brings a data directory into being: stage, fill, install; and leave nothing when filling fails. */
record Staging(DataDirectory directory, String verb) {
    /** Does the filling between the making of the staging directories and their moving into place. */
    String install(Supplier<String> filling) {
        directory.stage(verb);
        try {
            String outcome = filling.get();
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
}
