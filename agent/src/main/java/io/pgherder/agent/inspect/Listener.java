package io.pgherder.agent.inspect;

import io.pgherder.agent.system.ProcessIdentity;
import java.nio.file.Path;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A process that listens on a port.
 *
 * @param program as the kernel has it: "postgres"; empty if the process is gone by now
 * @param directory where it runs; the kernel puts " (deleted)" behind one that is gone. Empty if that cannot be seen
 */
public record Listener(long pid, String program, String directory) {
    public Listener {
        requireNonNull(program, "program is null");
        requireNonNull(directory, "directory is null");
    }

    static Listener of(long pid) {
        Optional<ProcessIdentity> process = ProcessIdentity.of(pid);
        return new Listener(
                pid,
                process.flatMap(ProcessIdentity::program).orElse(""),
                process.flatMap(ProcessIdentity::workingDirectory)
                        .map(Path::toString)
                        .orElse(""));
    }
}
