package io.pgherder.agent.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Errors in lines of pg_hba.conf that hold a secret. What the server says of one may quote a piece of the secret, where a quote or a comma is
 * wrong: its words stay on the host.
 */
final class SecretRules {
    private static final String WITHHELD =
            "the line has an error; it holds a secret too, so that PostgreSQL's words are not shown: SELECT error FROM"
                    + " pg_hba_file_rules has them";

    /** Empty for a file that cannot be read. */
    private final Map<Path, Optional<RulesFile>> files = new HashMap<>();

    /** @param row with sourcefile, sourceline and error */
    FileError told(Row row) {
        boolean mayBeTold = row.maybe("sourcefile")
                .map(file -> !isSecret(file, row.number("sourceline")))
                .orElse(true);
        return mayBeTold ? FileError.of(row) : FileError.of(row, WITHHELD);
    }

    private boolean isSecret(String file, long number) {
        return files.computeIfAbsent(Path.of(file), SecretRules::read)
                .map(rules -> rules.holdsSecret(number))
                .orElse(true);
    }

    private static Optional<RulesFile> read(Path file) {
        try {
            return Optional.of(RulesFile.read(file));
        } catch (IOException unreadable) {
            // Then any of its lines may hold one.
            return Optional.empty();
        }
    }
}
