package io.pgherder.agent;

import io.pgherder.agent.tls.TlsFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;

import static java.util.Objects.requireNonNull;

/**
 * How one agent runs; read from its configuration file by {@link AgentConfigReader}.
 *
 * @param listenHost an address or name of this host: "10.0.1.11", "::1"
 * @param roots below these directories, and nowhere else, the agent may make instances
 * @param stateDir the agent's own memory, outside every instance
 * @param socketDir where instances put their sockets
 * @param binDirs where to look for PostgreSQL's programs beside the usual places
 */
public record AgentConfig(
        String listenHost,
        int listenPort,
        List<Path> roots,
        Path stateDir,
        TlsFiles tls,
        Path socketDir,
        List<Path> binDirs,
        Level logLevel) {
    public AgentConfig {
        requireNonNull(listenHost, "listenHost is null");
        requireNonNull(stateDir, "stateDir is null");
        requireNonNull(tls, "tls is null");
        requireNonNull(socketDir, "socketDir is null");
        requireNonNull(logLevel, "logLevel is null");
        roots = List.copyOf(roots);
        binDirs = List.copyOf(binDirs);
    }
}
