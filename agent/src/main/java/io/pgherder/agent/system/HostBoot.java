package io.pgherder.agent.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Since when the host runs: what was written and not synced in an earlier boot may be as it was before it was written. */
public final class HostBoot {
    private HostBoot() {}

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
