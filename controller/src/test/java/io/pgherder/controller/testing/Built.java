package io.pgherder.controller.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/** What the build has made, found from the module that the tests run in. */
final class Built {
    private static final Path CHECKOUT = findCheckout();

    private Built() {}

    static Path launcher() {
        return CHECKOUT.resolve("pgherder");
    }

    static Path controllerJar() {
        return existing(CHECKOUT.resolve("controller/target/pgherder-all.jar"));
    }

    static Path agentJar() {
        return existing(CHECKOUT.resolve("agent/target/pgherder-agent-all.jar"));
    }

    private static Path existing(Path jar) {
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is not built: these tests run in mvn verify, after package");
        }
        return jar;
    }

    private static Path findCheckout() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("inventories")) || Files.exists(at.resolve("pgherder"))) {
                return at;
            }
        }
        throw new IllegalStateException("not inside a checkout: " + Path.of("").toAbsolutePath());
    }
}
