package io.pgherder.controller.cli.demo;

import io.pgherder.controller.certificate.CertificateAuthority;
import io.pgherder.controller.certificate.PemFiles;
import io.pgherder.controller.topology.HostSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The throw-away authority of the demo and what it issues: made where missing or about to expire, otherwise left alone. */
final class DemoCertificates {
    private static final String AUTHORITY = "ca";
    private static final String CONTROLLER = "controller";
    private static final String AGENT = "agent";
    private static final Duration STILL_GOOD_FOR = Duration.ofDays(7);

    private final DemoHome home;
    private final Account account;
    private final Instant now;
    private final CertificateAuthority authority;

    DemoCertificates(DemoHome home, Account account, Instant now) {
        this.home = home;
        this.account = account;
        this.now = now;
        this.authority = authority();
    }

    private CertificateAuthority authority() {
        if (isGood(home.tls(), AUTHORITY)) {
            return new CertificateAuthority(PemFiles.read(home.tls(), AUTHORITY));
        }
        CertificateAuthority made = CertificateAuthority.create("pgherder demo CA", now);
        PemFiles.write(home.tls(), AUTHORITY, made.identity());
        return made;
    }

    /** Afterwards {@code tls/controller.crt} and {@code .key} are good. */
    void controller() {
        if (!isGoodLeaf(home.tls(), CONTROLLER)) {
            PemFiles.write(home.tls(), CONTROLLER, authority.issueController(System.getProperty("user.name"), now));
        }
    }

    /**
     * Afterwards the agent's {@code tls} directory, its own, holds {@code ca.crt}, {@code agent.crt} and {@code agent.key}.
     *
     * @return whether they are new, so that a running agent must read them again
     */
    boolean agent(HostSpec host) throws IOException {
        Path tls = home.agent(host.name()).resolve("tls");
        DemoHome.directory(tls, "rwx------");
        boolean renew = !isGoodLeaf(tls, AGENT);
        if (renew) {
            PemFiles.write(tls, AGENT, authority.issueAgent(host.name(), List.of(host.agentHost()), now));
            PemFiles.writeCertificate(tls.resolve("ca.crt"), authority.certificate());
        }
        for (Path own : List.of(tls, tls.resolve("agent.crt"), tls.resolve("agent.key"), tls.resolve("ca.crt"))) {
            account.own(own);
        }
        return renew;
    }

    private boolean isGoodLeaf(Path directory, String name) {
        return isGood(directory, name) && PemFiles.read(directory, name).isSignedBy(authority.certificate());
    }

    private boolean isGood(Path directory, String name) {
        return Files.exists(directory.resolve(name + ".crt"))
                && Files.exists(directory.resolve(name + ".key"))
                && PemFiles.read(directory, name).isGoodUntil(now.plus(STILL_GOOD_FOR));
    }
}
