package io.pgherder.controller.cli;

import io.pgherder.controller.problem.NextCommands;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How agents are asked. */
public final class AgentOptions {
    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "5s",
            converter = DurationConverter.class,
            description = "how long one question to one agent may take: 500ms, 5s, 1m (default: 5s)")
    private Duration timeout = Duration.ofSeconds(5);

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "64",
            converter = AtLeastOne.class,
            description = "how many agents are asked, and how many steps run, at the same time (default: 64)")
    private int parallel = 64;

    @Option(
            names = "--tls",
            paramLabel = "DIR",
            description = "where ca.crt, controller.crt and controller.key are (else: PGHERDER_TLS, agents.tls of the"
                    + " topology, ~/.config/pgherder/tls, /etc/pgherder/tls)")
    private @Nullable Path tls;

    public Duration timeout() {
        return timeout;
    }

    public int parallel() {
        return parallel;
    }

    public Optional<Path> tls() {
        return Optional.ofNullable(tls);
    }

    /** What was not found by itself this time has to be said again. */
    public NextCommands next() {
        return new NextCommands(tls == null ? List.of() : List.of("--tls", tls.toString()));
    }
}
