package io.pgherder.agent.inspect;

import io.pgherder.agent.configfile.AutoConf;
import io.pgherder.agent.configfile.ManagedSettings;
import io.pgherder.agent.configfile.PasswordMask;
import io.pgherder.agent.configfile.PostgresConf;
import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.system.FileFailure;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import static java.util.Objects.requireNonNull;

/** The configuration files of an instance that pgherder manages, as they stand on disk. */
final class ConfigFileInspection {
    private static final String POSTGRES_CONF = "postgresql.conf";

    /** Major version. */
    private static final int FIRST_THAT_JOINS = 14;

    private final Path dataDir;
    private final Path configDirectory;
    private final Consumer<AgentProblem> problems;
    private final List<Path> unreadable = new ArrayList<>();

    /** @param configDirectory that of postgresql.conf: as a rule the data directory */
    ConfigFileInspection(Path dataDir, Path configDirectory, Consumer<AgentProblem> problems) {
        this.dataDir = dataDir;
        this.configDirectory = configDirectory;
        this.problems = problems;
    }

    /** @param configFile the postgresql.conf that the server reads, if it has said so */
    ConfigDirectory directory(Optional<Path> configFile) {
        Optional<Path> inUse =
                configFile.map(ConfigFileInspection::directoryOf).or(() -> PostmasterOpts.configDirectory(dataDir));
        Path postgresConf = configDirectory.resolve(POSTGRES_CONF);
        return new ConfigDirectory(
                configDirectory, Files.exists(postgresConf), Files.isSymbolicLink(postgresConf), inUse);
    }

    private static Path directoryOf(Path file) {
        Path directory = requireNonNull(file.getParent(), "a server's postgresql.conf is an absolute path");
        try {
            return directory.toRealPath();
        } catch (IOException closed) {
            return directory;
        }
    }

    /**
     * In use if it is the last word: anything after the include would override it.
     *
     * @param configFile the postgresql.conf that the server reads, if it has said so
     */
    Optional<ConfigFile> managedSettings(Optional<Path> configFile) {
        Path file = configDirectory.resolve(ManagedSettings.FILE);
        boolean isOfThisServer = configFile
                .map(inForce -> isSame(configDirectory.resolve(POSTGRES_CONF), inForce))
                .orElse(true);
        return lines(file)
                .map(read -> new ConfigFile(
                        file,
                        read.lines().stream().map(PasswordMask::line).toList(),
                        read.leftOut(),
                        isOfThisServer && isIncludedLast(),
                        writtenAt(file),
                        Files.isSymbolicLink(file)));
    }

    private boolean isIncludedLast() {
        PostgresConf.LastWord last = new PostgresConf.LastWord();
        lines(configDirectory.resolve(POSTGRES_CONF), file -> SpeakingLines.readWhole(file, last));
        return last.isOurs();
    }

    /** @param hbaFile the file that the server reads, if it has said so */
    Optional<ConfigFile> hba(Optional<Path> hbaFile) {
        Path file = configDirectory.resolve("pg_hba.conf");
        return (joinsLines() ? lines(file, SpeakingLines::readJoined) : lines(file))
                .map(read -> new ConfigFile(
                        file,
                        read.lines(),
                        read.leftOut(),
                        hbaFile.map(inForce -> isSame(file, inForce)).orElse(true),
                        writtenAt(file),
                        Files.isSymbolicLink(file)));
    }

    private boolean joinsLines() {
        return DirectoryInspection.majorVersion(dataDir).orElse(FIRST_THAT_JOINS) >= FIRST_THAT_JOINS;
    }

    /**
     * The time of the inode's last change, not that of its text: moving an old file into place makes it new to the server. The kernel
     * rounds it down, so a load that comes after it is never taken for an earlier one. Taken after the text: of a file that is replaced
     * meanwhile, we may know the old text with the new time, but never the reverse.
     */
    private static Instant writtenAt(Path file) {
        try {
            return ((FileTime) Files.getAttribute(file, "unix:ctime")).toInstant();
        } catch (IOException absentOrClosed) {
            return Instant.EPOCH;
        }
    }

    /** The server may name its directory by another way, through a symbolic link. */
    private static boolean isSame(Path file, Path inForce) {
        try {
            return Files.isSameFile(file, inForce);
        } catch (IOException absentOrClosed) {
            return false;
        }
    }

    /** The server passes over it without a word if it cannot read it, unlike over any other file: nobody but us would tell. */
    void checkAutoConf() {
        Path file = dataDir.resolve(AutoConf.FILE);
        if (Files.exists(file) && !Files.isReadable(file)) {
            couldNotRead(
                    file,
                    new AccessDeniedException(file.toString()),
                    "the server passes over it: what ALTER SYSTEM says is not in force, or not any more after the next reload");
        }
    }

    /** The files that are there and could not be read so far. */
    List<Path> unreadable() {
        return List.copyOf(unreadable);
    }

    /** The lines that say something; empty if there is no such file, or it could not be read. */
    private Optional<SpeakingLines> lines(Path file) {
        return lines(file, SpeakingLines::read);
    }

    private interface Reader {
        SpeakingLines read(Path file) throws IOException;
    }

    private Optional<SpeakingLines> lines(Path file, Reader reader) {
        try {
            return Optional.of(reader.read(file));
        } catch (NoSuchFileException e) {
            if (Files.isSymbolicLink(file)) {
                unreadable.add(file);
                problems.accept(unreadable(file, e)
                        .detail("it is a symbolic link that leads nowhere")
                        .hint("where should it lead? Put a file in its place"
                                + (file.endsWith(ManagedSettings.FILE) ? ", or remove it: an apply writes one" : "")));
            }
            return Optional.empty();
        } catch (IOException e) {
            couldNotRead(file, e);
            return Optional.empty();
        }
    }

    private void couldNotRead(Path file, IOException e, String... facts) {
        unreadable.add(file);
        problems.accept(unreadable(file, e).details(List.of(facts)));
    }

    private static AgentProblem unreadable(Path file, IOException e) {
        return FileFailure.explain(InspectProblem.CONFIG_FILE_UNREADABLE.summary("could not read " + file), e);
    }
}
