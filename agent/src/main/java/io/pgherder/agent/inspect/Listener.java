package io.pgherder.agent.inspect;

import io.pgherder.agent.system.ProcessIdentity;
import java.nio.file.Path;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A process that listens on a port.
 *
 * @param pid 0 if it is another account's, of which the kernel does not say more
 * @param program as the kernel has it: "postgres"; empty if the process is gone by now
 * @param directory where it runs; the kernel puts " (deleted)" behind one that is gone. Empty if that cannot be seen
 * @param address that it listens on, in digits
 */
public record Listener(long pid, String program, String directory, String address) {
    public Listener {
        requireNonNull(program, "program is null");
        requireNonNull(directory, "directory is null");
        requireNonNull(address, "address is null");
    }

    static Listener unseen(String address) {
        return new Listener(0, "", "", address);
    }

    static Listener of(long pid, String address) {
        Optional<ProcessIdentity> process = ProcessIdentity.of(pid);
        return new Listener(
                pid,
                process.flatMap(ProcessIdentity::program).orElse(""),
                process.flatMap(ProcessIdentity::workingDirectory)
                        .map(Path::toString)
                        .orElse(""),
                address);
    }
}
