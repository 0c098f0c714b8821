package io.pgherder.agent.system;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads files that people can replace, and nothing else that stands in their place: to open a FIFO waits until somebody writes into it, and a
 * device may never end. A symbolic link is followed to what it leads to.
 */
public final class RegularFile {
    private static final int KIND = 0170000;

    /** Many times what a configuration file of 100,000 lines has, and little enough to hold: one that somebody fills by mistake grows without end. */
    static final int LARGEST = 32 << 20;

    private RegularFile() {}

    /** What stands there is no regular file. */
    static final class Irregular extends FileSystemException {
        private static final long serialVersionUID = 1L;

        Irregular(Path file, String kind) {
            super(file.toString(), null, "is " + kind + ", no regular file");
        }
    }

    /** It is larger than anybody writes a configuration file. */
    static final class Oversized extends FileSystemException {
        private static final long serialVersionUID = 1L;

        Oversized(Path file) {
            super(file.toString(), null, "has more than " + (LARGEST >> 20) + " MB, and is not read");
        }
    }

    public static InputStream open(Path file) throws IOException {
        if (!Files.readAttributes(file, "isRegularFile").containsValue(true)) {
            throw new Irregular(file, kind(file));
        }
        return Files.newInputStream(file);
    }

    public static byte[] read(Path file) throws IOException {
        try (InputStream bytes = open(file)) {
            byte[] read = bytes.readNBytes(LARGEST + 1);
            if (read.length > LARGEST) {
                throw new Oversized(file);
            }
            return read;
        }
    }

    private static String kind(Path file) throws IOException {
        int mode = (Integer) Files.getAttribute(file, "unix:mode");
        return switch (mode & KIND) {
            case 0010000 -> "a FIFO";
            case 0020000, 0060000 -> "a device";
            case 0040000 -> "a directory";
            default -> "a socket";
        };
    }
}
