package io.pgherder.agent.operation;

import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.system.AtomicFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A configuration file of which the last version without errors is kept, so that one with errors does not stay: not even when the agent
 * ended between the writing and the checking, and the version that it finds is the bad one.
 */
final class CheckedFile {
    private final AtomicFile file;
    private final AtomicFile kept;
    private final Optional<String> found;
    private Optional<Path> former = Optional.empty();

    CheckedFile(AtomicFile file, AtomicFile kept) {
        this.file = file;
        this.kept = kept;
        this.found = file.read();
    }

    /**
     * Replaces the text unless it is this one already. Returns whether it was replaced.
     *
     * @param isGood whether the server, if there is one to ask, finds no error in what the file holds now
     */
    boolean replace(String text, Optional<BooleanSupplier> isGood) {
        if (found.filter(text::equals).isPresent()) {
            return false;
        }
        // Where nobody can tell, a version known to be good is better than a later one.
        if (isGood.map(BooleanSupplier::getAsBoolean)
                .orElseGet(() -> kept.read().isEmpty())) {
            found.ifPresent(before -> {
                kept.write(before);
                former = Optional.of(kept.path());
            });
        }
        file.write(text);
        return true;
    }

    /** Where the text that was replaced is kept; empty if none was, or it had errors. */
    Optional<Path> former() {
        return former;
    }

    /** Fails if the text has errors, after putting the kept version in its place. */
    void requireGood(List<String> errors, AgentProblem otherwise) {
        if (errors.isEmpty()) {
            return;
        }
        Optional<String> good = kept.read();
        // An include of a file that is not there would be an error of its own.
        file.write(good.or(() -> found).orElse(""));
        throw otherwise
                .details(errors)
                .detail((good.isPresent() ? "the last version without errors is back" : "the file is as it was before")
                        + ", and nothing was reloaded")
                .failure();
    }
}
