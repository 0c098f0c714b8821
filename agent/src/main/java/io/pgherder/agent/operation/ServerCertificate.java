package io.pgherder.agent.operation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The certificate and the key that a server with {@code ssl = on} has. A reload that cannot load them is none for TLS, and says so in the log
 * only; the next start fails.
 *
 * @param dataDir where a path that is not absolute begins
 * @param setting what a start would have of a setting; empty if nobody knows
 * @see <a href="https://www.postgresql.org/docs/15/ssl-tcp.html#SSL-SETUP">who may read the key</a>
 */
record ServerCertificate(Path dataDir, Function<String, Optional<String>> setting) {
    private static final Set<String> ON = Set.of("on", "true", "yes", "1", "t", "tr", "tru", "y", "ye");

    private static final Set<PosixFilePermission> OF_OTHERS = Set.of(
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    /** What keeps a server from starting with them; empty if nothing does, or it would not ask for them. */
    List<String> objections() {
        boolean isAskedFor = setting.apply("ssl")
                .filter(value -> ON.contains(value.toLowerCase(Locale.ROOT)))
                .isPresent();
        if (!isAskedFor) {
            return List.of();
        }
        List<String> objections = new ArrayList<>();
        Path key = file("ssl_key_file", "server.key");
        for (Path file : List.of(file("ssl_cert_file", "server.crt"), key)) {
            if (!Files.isReadable(file)) {
                objections.add("ssl = 'on', and " + file + (Files.exists(file) ? " cannot be read" : " is not there"));
            }
        }
        if (Files.isReadable(key) && isOpenToOthers(key)) {
            objections.add("ssl = 'on', and " + key + " is open to others: PostgreSQL wants mode 0600");
        }
        return objections;
    }

    private Path file(String name, String otherwise) {
        return dataDir.resolve(setting.apply(name).orElse(otherwise));
    }

    /** Root's own may be read by a group. */
    private static boolean isOpenToOthers(Path key) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(key);
            boolean ofRoot = Files.getOwner(key).getName().equals("root");
            return permissions.stream().anyMatch(OF_OTHERS::contains)
                    || (permissions.contains(PosixFilePermission.GROUP_READ) && !ofRoot);
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }
}
