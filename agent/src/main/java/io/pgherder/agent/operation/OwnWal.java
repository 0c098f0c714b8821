package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.system.DataDirectory;
import io.pgherder.agent.system.InstanceFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A copy of a data directory brings its link along: pg_wal of the copy is then that of the original, and whoever starts the copy, or moves
 * its WAL, takes the original's away. Whose WAL directory is declared to be there is the original.
 */
final class OwnWal {
    private OwnWal() {}

    /**
     * Refuses an instance whose pg_wal is that of another one on the agent's record.
     *
     * @param refusal what is not done: "refusing to start pg1922 on the WAL of another instance"
     */
    static void require(Host host, InstancePlace place, String refusal) {
        Path wal = real(wal(place.dataDir()));
        boolean isDeclared = place.walDir().filter(own -> real(own).equals(wal)).isPresent();
        if (isDeclared || wal.startsWith(real(place.dataDir()))) {
            return;
        }
        other(host, place, wal).ifPresent(data -> {
            throw StartProblem.WAL_OF_ANOTHER
                    .summary(refusal)
                    .detail(wal(place.dataDir()) + " leads to " + wal)
                    .detail("so does " + wal(data))
                    .hint("was the data directory copied with its link? Give it a WAL directory of its own, or move it"
                            + " away: " + place.node() + " is cloned again")
                    .failure();
        });
    }

    private static Optional<Path> other(Host host, InstancePlace place, Path wal) {
        Path own = real(place.dataDir());
        for (InstanceFiles files : host.state().instanceFiles()) {
            Optional<Path> data = DataDirectory.installed(files)
                    .map(DataDirectory::data)
                    .filter(each -> !real(each).equals(own)
                            && Files.exists(wal(each))
                            && real(wal(each)).equals(wal));
            if (data.isPresent()) {
                return data;
            }
        }
        return Optional.empty();
    }

    private static Path wal(Path dataDir) {
        return dataDir.resolve("pg_wal");
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException notThere) {
            return path;
        }
    }
}
