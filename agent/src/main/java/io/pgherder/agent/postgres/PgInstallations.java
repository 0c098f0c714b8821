package io.pgherder.agent.postgres;

import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.system.Command;
import io.pgherder.agent.system.CommandResult;
import io.pgherder.agent.system.CommandRunner;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
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
 * PostgreSQL's own makefile put them, and on the PATH. A program that has said its version is asked again only after it was replaced.
 */
public final class PgInstallations {
    /** Each one that does not answer holds up whoever looks at the host. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) ((\\d+)\\S*)");

    private final CommandRunner runner;
    private final List<Path> configured;
    private final Map<Path, Known> known = new ConcurrentHashMap<>();

    private record Known(long modifiedMillis, Installation installation) {}

    /**
     * A directory with a program called postgres.
     *
     * @param trouble why it is not usable, if it is not
     */
    private record Candidate(Optional<Installation> installation, Optional<String> trouble) {
        static Candidate usable(Installation installation) {
            return new Candidate(Optional.of(installation), Optional.empty());
        }

        static Candidate unusable(Path postgres, String trouble) {
            return new Candidate(Optional.empty(), Optional.of("cannot use " + postgres + ": " + trouble));
        }
    }

    public PgInstallations(CommandRunner runner, List<Path> configured) {
        this.runner = runner;
        this.configured = List.copyOf(configured);
    }

    /** All of them, the oldest first. */
    public List<Installation> all() {
        return usable(lookIn(places()));
    }

    private static List<Installation> usable(List<Candidate> candidates) {
        return candidates.stream()
                .flatMap(candidate -> candidate.installation().stream())
                .sorted(Comparator.comparingInt(Installation::majorVersion))
                .toList();
    }

    private List<Candidate> lookIn(Collection<Path> binDirs) {
        return binDirs.stream().flatMap(binDir -> candidateIn(binDir).stream()).toList();
    }

    /** The one that the instance needs. */
    public Installation find(InstancePlace place) {
        return find(place.majorVersion(), place.binDir());
    }

    /**
     * The one that can read the instance as it lies there.
     *
     * @param majorVersion of its directory, which may differ from the declared one
     */
    public Installation findFor(InstancePlace place, int majorVersion) {
        return find(majorVersion, majorVersion == place.majorVersion() ? place.binDir() : Optional.empty());
    }

    public Installation find(int majorVersion, Optional<Path> binDir) {
        List<Candidate> candidates = lookIn(binDir.map(Set::of).orElseGet(this::places));
        return usable(candidates).stream()
                .filter(found -> found.majorVersion() == majorVersion)
                .findFirst()
                .orElseThrow(() -> missing(majorVersion, binDir, candidates).failure());
    }

    private AgentProblem missing(int majorVersion, Optional<Path> binDir, List<Candidate> candidates) {
        List<Installation> all = binDir.isPresent() ? all() : usable(candidates);
        String found = all.stream()
                .map(installation -> installation.version() + " in " + installation.binDir())
                .collect(Collectors.joining(", "));
        AgentProblem problem = PostgresProblem.NOT_INSTALLED
                .summary("PostgreSQL " + majorVersion + " is not installed on this host")
                .detail(all.isEmpty() ? "found no PostgreSQL at all" : "found " + found)
                .hint("install it (Debian: apt-get install postgresql-" + majorVersion
                        + "), or say where its programs are with postgres.bin_dir in the topology file")
                .details(candidates.stream()
                        .flatMap(candidate -> candidate.trouble().stream())
                        .toList());
        return binDir.map(only -> problem.detail("looked in " + only + " only, as postgres.bin_dir says"))
                .orElse(problem);
    }

    private Set<Path> places() {
        Set<Path> places = new LinkedHashSet<>(configured);
        places.addAll(subdirectories("/usr/lib/postgresql", "", "/bin"));
        places.addAll(subdirectories("/usr", "pgsql-", "/bin"));
        places.add(Path.of("/usr/local/pgsql/bin"));
        for (String directory :
                Optional.ofNullable(System.getenv("PATH")).orElse("").split(":", -1)) {
            if (directory.startsWith("/")) {
                places.add(Path.of(directory));
            }
        }
        return places;
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

    /** Empty if no such program is there: nothing is wrong with a directory that has other programs. */
    private Optional<Candidate> candidateIn(Path binDir) {
        Path postgres = binDir.resolve("postgres");
        try {
            long modified = Files.getLastModifiedTime(postgres).toMillis();
            Known remembered = known.get(binDir);
            if (remembered != null && remembered.modifiedMillis() == modified) {
                return Optional.of(Candidate.usable(remembered.installation()));
            }
            Candidate candidate = ask(binDir, postgres);
            // One that did not say its version this time may do so the next time.
            candidate.installation().ifPresent(installation -> known.put(binDir, new Known(modified, installation)));
            return Optional.of(candidate);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Candidate ask(Path binDir, Path postgres) {
        if (!Files.isExecutable(postgres)) {
            return Candidate.unusable(postgres, "it is not executable");
        }
        Command command = Command.of(postgres, "--version").within(PATIENCE);
        try {
            CommandResult result = runner.run(command);
            if (!result.succeeded()) {
                return Candidate.unusable(postgres, result.words(command));
            }
            Matcher version = VERSION.matcher(result.stdout());
            return version.find()
                    ? Candidate.usable(new Installation(Integer.parseInt(version.group(2)), version.group(1), binDir))
                    : Candidate.unusable(postgres, "it does not say its version");
        } catch (OperationFailed e) {
            return Candidate.unusable(postgres, String.join(", ", e.problem().details()));
        }
    }
}
