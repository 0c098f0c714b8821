package io.pgherder.controller.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which of a process's three streams are terminals. */
public record Terminals(boolean in, boolean out, boolean err) {
    public static final Terminals NONE = new Terminals(false, false, false);

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    /** Of this process, as Linux tells; elsewhere none, because Java cannot say. */
    public static Terminals ofThisProcess() {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return NONE;
        }
        return new Terminals(isTerminal(0), isTerminal(1), isTerminal(2));
    }

    private static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(DESCRIPTORS.resolve(Integer.toString(descriptor)))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException e) {
            // A closed stream is no terminal.
            return false;
        }
    }
}
