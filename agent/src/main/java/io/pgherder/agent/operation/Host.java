package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.PgInstallations;
import io.pgherder.agent.system.AllowedRoots;
import io.pgherder.agent.system.AtomicFile;
import io.pgherder.agent.system.CommandRunner;
import io.pgherder.agent.system.DataDirectory;
import io.pgherder.agent.system.FileSystemSync;
import io.pgherder.agent.system.InstanceFiles;
import io.pgherder.agent.system.StateDirectory;
import java.nio.file.Path;
import java.util.function.Function;

import static java.util.Objects.requireNonNull;

/**
 * What the operations have to work with on this host.
 *
 * @param sync brings new instances to disk
 * @param socketDir where instances put their local sockets unless their settings say otherwise
 * @param account the ordinary account that the agent and its instances run under
 */
public record Host(
        CommandRunner runner,
        FileSystemSync sync,
        PgInstallations installations,
        StateDirectory state,
        AllowedRoots roots,
        Path socketDir,
        String account) {
    public Host {
        requireNonNull(runner, "runner is null");
        requireNonNull(sync, "sync is null");
        requireNonNull(installations, "installations is null");
        requireNonNull(state, "state is null");
        requireNonNull(roots, "roots is null");
        requireNonNull(socketDir, "socketDir is null");
        requireNonNull(account, "account is null");
    }

    InstanceFiles files(InstancePlace place) {
        return state.instance(place.dataDir());
    }

    DataDirectory directory(InstancePlace place) {
        return new DataDirectory(place.dataDir(), place.walDir(), files(place));
    }

    /** The configuration files of the instance where it stands. */
    ConfigurationFiles configuration(InstancePlace place) {
        return new ConfigurationFiles(place, inUse(place.dataDir()), inUse(place.configDirectory()), this);
    }

    private static ConfigurationFiles.Directory inUse(Path directory) {
        return new ConfigurationFiles.Directory(directory, path -> new AtomicFile(path).sharedAsBefore());
    }

    /**
     * The configuration files of an instance while it is in its staging directory; those that it has elsewhere are already where they belong.
     *
     * @param bySync whether they are brought to disk with all that is there
     */
    ConfigurationFiles staged(InstancePlace place, boolean bySync) {
        Function<Path, AtomicFile> files = bySync ? AtomicFile::unsynced : AtomicFile::new;
        ConfigurationFiles.Directory staging = new ConfigurationFiles.Directory(
                directory(place).staging(), path -> files.apply(path).sharedAsBefore());
        return new ConfigurationFiles(
                place, staging, place.configDir().map(Host::inUse).orElse(staging), this);
    }
}
