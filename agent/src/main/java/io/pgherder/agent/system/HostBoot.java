package io.pgherder.agent.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Since when the host runs: what was written and not synced in an earlier boot may be as it was before it was written. */
public final class HostBoot {
    private HostBoot() {}

    /**
     * What agents have in common that see the same processes, until the next boot: this boot, and the namespace of their processes, see
     * pid_namespaces(7). Two hosts may go by one name, and containers on one host do not see each other. Empty if the kernel does not tell.
     */
    public static Optional<String> processes() {
        try {
            String namespace =
                    Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
            return id().map(boot -> boot + " " + namespace);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Another one after every boot, see random(4); empty if the kernel does not tell. */
    public static Optional<String> id() {
        try {
            return Optional.of(
                    Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
