package io.pgherder.controller.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** An authority, a certificate for servers on 127.0.0.1 to 127.0.0.9, and others for roles, made by {@code openssl} for the ordinary account. */
public final class OpensslFiles {
    private static final String NEW_KEY = "openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes ";

    private final Path directory;

    public OpensslFiles(Path directory) {
        this.directory = directory;
    }

    public static boolean canBeMade() {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(programs -> Files.isExecutable(Path.of(programs, "openssl")));
    }

    public Path directory() {
        return directory;
    }

    /** "ca.crt", "server.crt", "server.key". */
    public Path file(String name) {
        return directory.resolve(name);
    }

    public OpensslFiles make() {
        Shell.run("mkdir", "-p", directory.toString());
        run(NEW_KEY + "-x509 -days 2 -subj /CN=people -keyout ca.key -out ca.crt");
        // As a name, too: libpq before 15 knows no other.
        run(
                "for n in 1 2 3 4 5 6 7 8 9; do printf ',IP:127.0.0.%s,DNS:127.0.0.%s' $n $n; done | sed 's/^,/subjectAltName=/' > server.ext");
        return certificate("server", "server");
    }

    /** {@code NAME.crt} and {@code NAME.key}, by which it is called so. */
    public OpensslFiles certificate(String name, String commonName) {
        run("touch " + name + ".ext; " + NEW_KEY + "-subj /CN=" + commonName + " -keyout " + name + ".key -out " + name
                + ".csr; openssl x509 -req -days 2 -in " + name
                + ".csr -CA ca.crt -CAkey ca.key -CAcreateserial -extfile "
                + name + ".ext -out " + name + ".crt");
        return this;
    }

    private void run(String commands) {
        Shell.run("sh", "-ec", "cd \"$0\"; umask 077; " + commands, directory.toString());
    }
}
