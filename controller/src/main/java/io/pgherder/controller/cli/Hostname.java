package io.pgherder.controller.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What this machine calls itself, without asking a name server. */
final class Hostname {
    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

    private Hostname() {}

    static Optional<String> ofThisMachine() {
        try {
            return Optional.of(Files.readString(KERNEL).strip()).filter(name -> !name.isEmpty());
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }
}
