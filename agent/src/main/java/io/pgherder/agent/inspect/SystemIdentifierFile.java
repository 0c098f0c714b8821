package io.pgherder.agent.inspect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The first eight bytes of the control file: the system identifier, in every version and in the host's byte order. For instances about which
 * nobody asks more, where running pg_controldata for each would be too much.
 *
 * @see <a href="https://github.com/postgres/postgres/blob/REL_15_STABLE/src/include/catalog/pg_control.h">pg_control.h</a>
 */
final class SystemIdentifierFile {
    private SystemIdentifierFile() {}

    /** In decimal, as pg_controldata prints it; empty if there is no such file, or it cannot be read. */
    static Optional<String> read(Path dataDir) {
        Path control = dataDir.resolve("global").resolve("pg_control");
        if (!Files.isRegularFile(control)) {
            return Optional.empty();
        }
        try (InputStream bytes = Files.newInputStream(control)) {
            byte[] first = bytes.readNBytes(Long.BYTES);
            return first.length == Long.BYTES
                    ? Optional.of(Long.toUnsignedString(ByteBuffer.wrap(first)
                            .order(ByteOrder.nativeOrder())
                            .getLong()))
                    : Optional.empty();
        } catch (IOException goneOrClosed) {
            return Optional.empty();
        }
    }
}
