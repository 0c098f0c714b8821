package io.pgherder.agent.inspect;

import io.pgherder.agent.configfile.ManagedSettings;
import io.pgherder.agent.configfile.PasswordMask;
import io.pgherder.agent.configfile.PostgresConf;
import io.pgherder.agent.problem.AgentProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The configuration files that pgherder manages in a data directory, as they stand on disk. */
final class ConfigFileInspection {
    private final Path dataDir;
    private final Consumer<AgentProblem> problems;

    ConfigFileInspection(Path dataDir, Consumer<AgentProblem> problems) {
        this.dataDir = dataDir;
        this.problems = problems;
    }

    /** In use if it is the last word: anything after the include would override it. */
    Optional<ConfigFile> managedSettings() {
        Path file = dataDir.resolve(ManagedSettings.FILE);
        return lines(file)
                .map(lines -> new ConfigFile(
                        file, lines.stream().map(PasswordMask::line).toList(), isIncludedLast(), writtenAt(file)));
    }

    private boolean isIncludedLast() {
        return PostgresConf.isIncludeLast(
                text(dataDir.resolve("postgresql.conf")).orElse(""));
    }

    /** @param hbaFile the file that the server reads, if it has said so */
    Optional<ConfigFile> hba(Optional<Path> hbaFile) {
        Path file = dataDir.resolve("pg_hba.conf");
        return lines(file)
                .map(lines -> new ConfigFile(
                        file,
                        lines,
                        hbaFile.map(inForce -> isSame(file, inForce)).orElse(true),
                        writtenAt(file)));
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

    /** The lines that say something; empty if there is no such file. */
    private Optional<List<String>> lines(Path file) {
        return text(file)
                .map(text -> text.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                        .toList());
    }

    private Optional<String> text(Path file) {
        try {
            return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            problems.accept(InspectProblem.CONFIG_FILE_UNREADABLE
                    .summary("could not read " + file)
                    .detail(e.toString()));
            return Optional.empty();
        }
    }
}
