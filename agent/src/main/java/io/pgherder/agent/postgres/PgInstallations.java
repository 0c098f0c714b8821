package io.pgherder.agent.postgres;

import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.system.Command;
import io.pgherder.agent.system.CommandResult;
import io.pgherder.agent.system.CommandRunner;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The PostgreSQL versions of this host: in the directories that the agent's configuration names, where Debian, the PGDG packages and
 * PostgreSQL's own makefile put them, and on the PATH. A program is asked for its version once, and again after it was replaced.
 */
public final class PgInstallations {
    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) ((\\d+)\\S*)");

    private final CommandRunner runner;
    private final List<Path> configured;
    private final Map<Path, Known> known = new ConcurrentHashMap<>();

    private record Known(long modifiedMillis, Optional<Installation> installation) {}

    public PgInstallations(CommandRunner runner, List<Path> configured) {
        this.runner = runner;
        this.configured = List.copyOf(configured);
    }

    /** All of them, the oldest first. */
    public List<Installation> all() {
        return candidates().stream()
                .flatMap(binDir -> installationIn(binDir).stream())
                .sorted(Comparator.comparingInt(Installation::majorVersion))
                .toList();
    }

    /** The one that the instance needs. */
    public Installation find(InstancePlace place) {
        return find(place.majorVersion(), place.binDir());
    }

    public Installation find(int majorVersion, Optional<Path> binDir) {
        if (binDir.isPresent()) {
            return installationIn(binDir.get())
                    .filter(found -> found.majorVersion() == majorVersion)
                    .orElseThrow(() -> missing(majorVersion)
                            .detail("looked in " + binDir.get() + " only, as postgres.bin_dir says")
                            .failure());
        }
        return all().stream()
                .filter(found -> found.majorVersion() == majorVersion)
                .findFirst()
                .orElseThrow(() -> missing(majorVersion).failure());
    }

    private AgentProblem missing(int majorVersion) {
        List<Installation> all = all();
        String found = all.stream()
                .map(installation -> installation.version() + " in " + installation.binDir())
                .collect(Collectors.joining(", "));
        return PostgresProblem.NOT_INSTALLED
                .summary("PostgreSQL " + majorVersion + " is not installed on this host")
                .detail(all.isEmpty() ? "found no PostgreSQL at all" : "found " + found)
                .hint("install it (Debian: apt-get install postgresql-" + majorVersion
                        + "), or say where its programs are with postgres.bin_dir in the topology file");
    }

    private Set<Path> candidates() {
        Set<Path> candidates = new LinkedHashSet<>(configured);
        candidates.addAll(subdirectories("/usr/lib/postgresql", "", "/bin"));
        candidates.addAll(subdirectories("/usr", "pgsql-", "/bin"));
        candidates.add(Path.of("/usr/local/pgsql/bin"));
        for (String directory :
                Optional.ofNullable(System.getenv("PATH")).orElse("").split(":", -1)) {
            if (directory.startsWith("/")) {
                candidates.add(Path.of(directory));
            }
        }
        return candidates;
    }

    private static List<Path> subdirectories(String parent, String prefix, String below) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of(parent), prefix + "[0-9]*")) {
            entries.forEach(entry -> found.add(Path.of(entry + below)));
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException e) {
            throw PostgresProblem.NOT_UNDERSTOOD
                    .summary("could not look for PostgreSQL in " + parent)
                    .detail(String.valueOf(e))
                    .failure(e);
        }
        found.sort(Comparator.naturalOrder());
        return found;
    }

    private Optional<Installation> installationIn(Path binDir) {
        Path postgres = binDir.resolve("postgres");
        try {
            long modified = Files.getLastModifiedTime(postgres).toMillis();
            Known remembered = known.get(binDir);
            if (remembered == null || remembered.modifiedMillis() != modified) {
                remembered = new Known(modified, ask(binDir, postgres));
                known.put(binDir, remembered);
            }
            return remembered.installation();
        } catch (IOException e) {
            // No such program here: nothing is wrong with a directory that has other programs.
            return Optional.empty();
        }
    }

    private Optional<Installation> ask(Path binDir, Path postgres) {
        if (!Files.isExecutable(postgres)) {
            return Optional.empty();
        }
        CommandResult result = runner.run(Command.of(postgres, "--version"));
        Matcher version = VERSION.matcher(result.stdout());
        return result.succeeded() && version.find()
                ? Optional.of(new Installation(Integer.parseInt(version.group(2)), version.group(1), binDir))
                : Optional.empty();
    }
}
