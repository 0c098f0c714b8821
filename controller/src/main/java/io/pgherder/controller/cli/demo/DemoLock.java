package io.pgherder.controller.cli.demo;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Lets one {@code demo up} or {@code down} at a time work in the demo's directory; whoever comes second waits, and finds it done. The
 * kernel gives the lock back when its holder ends, however that happens.
 */
final class DemoLock implements AutoCloseable {
    private final FileChannel channel;

    private DemoLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @return empty if there is no such directory, or none any more after the wait */
    static Optional<DemoLock> take(DemoHome home, Consumer<String> say) throws IOException {
        while (home.exists()) {
            try {
                make(home.lock());
                Object before = identity(home.lock());
                FileChannel channel = FileChannel.open(home.lock(), StandardOpenOption.WRITE);
                if (channel.tryLock() == null) {
                    say.accept("another pgherder demo is at work in " + home.root() + ": waiting for it");
                    channel.lock();
                }
                if (isStill(before, home.lock())) {
                    return Optional.of(new DemoLock(channel));
                }
                channel.close();
            } catch (NoSuchFileException e) {
                // Whoever had the lock has removed the file with all the rest, and perhaps a third has made a new one.
            }
        }
        return Optional.empty();
    }

    private static void make(Path file) throws IOException {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            // Nobody's, or held by another demo.
        }
    }

    private static boolean isStill(Object identity, Path file) throws IOException {
        try {
            return identity(file).equals(identity);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Asked of the path: to open the file a second time and close it would give the lock back. */
    private static Object identity(Path file) throws IOException {
        return Files.getAttribute(file, "unix:ino");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
