package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.Credentials;
import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.PgInstallations;
import io.pgherder.agent.system.AllowedRoots;
import io.pgherder.agent.system.Cancellation;
import io.pgherder.agent.system.FileSystemSync;
import io.pgherder.agent.system.StateDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A host in a temporary directory, whose programs are a script. */
final class OperationFixture {
    final Path temp;
    final FakeCommandRunner programs = new FakeCommandRunner();
    final StateDirectory state;
    final Host host;
    /** Whether the file systems of this host would say what could not be written. */
    boolean reportsWhatIsNotOnDisk = true;

    final List<Progress> progress = new CopyOnWriteArrayList<>();

    OperationFixture(Path directory) {
        try {
            temp = directory.toRealPath();
            Files.createDirectories(temp.resolve("data"));
            Files.createDirectories(temp.resolve("wal"));
            Path binDir = Files.createDirectories(temp.resolve("bin"));
            Path postgres = Files.writeString(binDir.resolve("postgres"), "");
            if (!postgres.toFile().setExecutable(true)) {
                throw new IOException("cannot make " + postgres + " executable");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        state = new StateDirectory(temp.resolve("state"));
        programs.when("postgres", command -> FakeCommandRunner.succeeds("postgres (PostgreSQL) 15.18\n"));
        host = new Host(
                programs,
                new FileSystemSync(programs, path -> Optional.of(path).filter(it -> reportsWhatIsNotOnDisk)),
                new PgInstallations(programs, List.of(temp.resolve("bin"))),
                state,
                new AllowedRoots(List.of(temp.resolve("data"), temp.resolve("wal"))),
                temp,
                "postgres");
    }

    /** The same with its configuration in a directory of its own. */
    static InstancePlace withConfigDir(InstancePlace place, Path configDir) {
        return new InstancePlace(
                place.cluster(),
                place.node(),
                place.majorVersion(),
                place.binDir(),
                place.dataDir(),
                place.walDir(),
                Optional.of(configDir),
                place.port(),
                place.superuser());
    }

    InstancePlace place(String node, int port) {
        return new InstancePlace(
                "t5",
                node,
                15,
                Optional.of(temp.resolve("bin")),
                temp.resolve("data/pg_root" + port),
                Optional.of(temp.resolve("wal/pg_wal_" + port)),
                Optional.empty(),
                port,
                "postgres");
    }

    OperationContext context() {
        return new OperationContext(host, Cancellation.never(), progress::add, child -> {});
    }

    static Upstream upstream(String slot) {
        return new Upstream(
                "pg1921", "10.0.1.11", 1921, new Credentials("rep", "hunter2"), Optional.of(slot), new TreeMap<>());
    }

    static NodeConfiguration configuration(Optional<Upstream> upstream) {
        return new NodeConfiguration(
                Map.of("max_connections", "60"),
                "ANY 1 (pg1922, pg1923)",
                upstream,
                Optional.of(List.of("host replication rep 10.0.0.0/16 scram-sha-256")));
    }

    void assertNothingIsStaged() {
        for (String parent : new String[] {"data", "wal"}) {
            try (Stream<Path> entries = Files.list(temp.resolve(parent))) {
                assertThat(entries).noneMatch(entry -> entry.toString().endsWith("staging"));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}
