package io.pgherder.agent.system;

import java.util.List;

/**
 * How a program ended.
 *
 * @param stdout all that it printed, at most the first megabyte
 * @param lastErrorLines the last twenty lines of its error output, secrets masked
 */
public record CommandResult(int exitCode, boolean timedOut, String stdout, List<String> lastErrorLines) {
    public CommandResult {
        lastErrorLines = List.copyOf(lastErrorLines);
    }

    public boolean succeeded() {
        return exitCode == 0 && !timedOut;
    }

    /** Why it is no success, as a fact for a problem: "pg_basebackup exited with 1". */
    public String words(Command command) {
        return timedOut
                ? command.program() + " was ended after " + command.timeout().toSeconds() + " s"
                : command.program() + " exited with " + exitCode;
    }
}
