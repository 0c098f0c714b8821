package io.pgherder.agent.system;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much room a file system has. */
public final class FreeSpace {
    private FreeSpace() {}

    /** Bytes that the account may still write where the path is, or would be. */
    public static long bytesAt(Path path) {
        Path existing = path;
        while (!Files.exists(existing)) {
            Path parent = existing.getParent();
            if (parent == null) {
                throw new IllegalArgumentException("not an absolute path: " + path);
            }
            existing = parent;
        }
        // Not Files.getFileStore, which looks the mount up in a table that does not show it inside a chroot.
        File place = existing.toFile();
        if (place.getTotalSpace() == 0) {
            throw SystemProblem.FILE_FAILED
                    .summary("could not find out how much space is free at " + existing)
                    .detail("the system gives no size of its file system")
                    .failure();
        }
        return place.getUsableSpace();
    }
}
