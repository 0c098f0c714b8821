package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.ConfigDirectoryCheck;
import io.pgherder.agent.postgres.InitDb;
import io.pgherder.agent.postgres.Installation;
import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.system.CommandResult;
import io.pgherder.agent.system.DataDirectory;
import io.pgherder.agent.system.FileSystemSync;
import io.pgherder.agent.system.InstanceFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The frame of every verb that brings a data directory into being: stage, fill, bring to disk, install; and leave nothing when that
 * fails.
 */
record Staging(
        DataDirectory directory,
        InstanceFiles files,
        String verb,
        Installation installation,
        OperationContext context) {
    /** What is done between the making of the staging directories and their moving into place. */
    interface Filling {
        /**
         * @param bySync whether all that it writes is brought to disk afterwards; else the program that fills does so itself, file by file
         * @return the outcome in words
         */
        String fill(boolean bySync);
    }

    String install(Filling filling) {
        directory.stage(verb);
        try {
            FileSystemSync.Promise promise =
                    context.host().sync().promise(staged(), context.child(line -> {}), context.cancellation());
            String outcome = filling.fill(promise.isOurs());
            if (promise.isOurs()) {
                context.phase("syncing to disk");
                promise.keep(context.child(line -> {}), context.cancellation(), this::syncFileByFile);
            }
            // Of an instance that somebody has moved away.
            files.forgetFormer();
            directory.install();
            return outcome;
        } catch (RuntimeException e) {
            try {
                directory.discard();
            } catch (RuntimeException alsoFailed) {
                throw stillThere(e, alsoFailed);
            }
            throw e;
        }
    }

    private RuntimeException stillThere(RuntimeException why, RuntimeException left) {
        why.addSuppressed(left);
        return why instanceof OperationFailed failed
                ? failed.problem()
                        .detail("what it had begun is still in " + directory.staging() + ": " + left.getMessage())
                        .failure(why)
                : why;
    }

    /** Before anything is filled in: refuses a configuration elsewhere that is not there, or belongs to another data directory. */
    void requireConfigurationElsewhere(InstancePlace place) {
        context.host().configuration(place).requirePostgresConfElsewhere();
        new ConfigDirectoryCheck(context.host().runner()).requireOwn(installation, place, directory.staging());
    }

    private CommandResult syncFileByFile() {
        return new InitDb(context.host().runner())
                .syncOnly(installation, directory.staging(), context.child(line -> {}), context.cancellation());
    }

    private List<Path> staged() {
        return Stream.concat(Stream.of(directory.staging()), directory.walStaging().stream())
                .toList();
    }
}
