package io.pgherder.controller.observation;

import java.util.Optional;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * An error in a configuration file of a server, as the server finds it there.
 *
 * @param file "/data01/pg/postgresql.conf"; empty if the error is that a file cannot be opened which no other includes
 * @param line 0 if there is no file
 * @param setting that the line is about, as it is spelled there; empty if it is about none, or the agent is too old to say
 * @param message in PostgreSQL's words, without passwords
 * @param unopened the file that cannot be opened, where that is the error
 */
public record FileError(
        Optional<String> file, int line, Optional<String> setting, String message, Optional<String> unopened) {
    public FileError {
        requireNonNull(file, "file is null");
        requireNonNull(setting, "setting is null");
        requireNonNull(message, "message is null");
        requireNonNull(unopened, "unopened is null");
    }

    /** Whether it is in that file, or that the file cannot be opened. */
    public boolean isAbout(ConfigurationFile known) {
        return Stream.concat(file.stream(), unopened.stream()).anyMatch(known::isAt);
    }

    /** "/data01/pg/pg_hba.conf:3: invalid authentication method ...". */
    public String words() {
        return file.map(path -> path + ":" + line + ": ").orElse("") + message;
    }
}
