package io.pgherder.agent.system;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

/**
 * A directory that belongs to this process alone, by a lock of the operating system on {@code agent.pid} inside it: the lock ends with the
 * process, however it ends, so a pid that was left behind never keeps a new agent out.
 */
public final class DirectoryClaim implements AutoCloseable {
    private static final String PID_FILE = "agent.pid";

    private final FileChannel channel;

    private DirectoryClaim(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Afterwards the directory exists with mode 0700, is ours, and its agent.pid names this process.
     *
     * @return empty if another process has it
     */
    public static Optional<DirectoryClaim> take(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        FileChannel channel = FileChannel.open(directory.resolve(PID_FILE), CREATE, READ, WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                return Optional.empty();
            }
        } catch (OverlappingFileLockException alreadyOurs) {
            channel.close();
            return Optional.empty();
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
        return Optional.of(new DirectoryClaim(channel));
    }

    /** The pid that the directory's present or last owner wrote; empty if there is none. */
    public static Optional<String> owner(Path directory) {
        try {
            return Optional.of(Files.readString(directory.resolve(PID_FILE)).strip())
                    .filter(pid -> !pid.isEmpty());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
