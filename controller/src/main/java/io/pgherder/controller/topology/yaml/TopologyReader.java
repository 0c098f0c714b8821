package io.pgherder.controller.topology.yaml;

import io.pgherder.controller.problem.Place;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.Problems;
import io.pgherder.controller.problem.ProblemsException;
import io.pgherder.controller.topology.Secret;
import io.pgherder.controller.topology.yaml.draft.Draft;
import io.pgherder.controller.topology.yaml.draft.DraftReader;
import io.pgherder.controller.topology.yaml.draft.ShapeCheck;
import io.pgherder.controller.topology.yaml.rule.Rules;
import io.pgherder.controller.topology.yaml.source.Inheritance;
import io.pgherder.controller.topology.yaml.source.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import static io.pgherder.controller.topology.TopologyProblem.NO_TOPOLOGY_FILES;
import static io.pgherder.controller.topology.TopologyProblem.UNREADABLE_FILE;

/** Reads topology files. */
public final class TopologyReader {
    private final SecretReader secrets;

    public TopologyReader() {
        this(TopologyReader::environment);
    }

    /** @param environment the value of an environment variable, if it is set */
    public TopologyReader(Function<String, Optional<String>> environment) {
        this(environment, secret -> Optional.empty());
    }

    private TopologyReader(
            Function<String, Optional<String>> environment, Function<Path, Optional<String>> makersOfSecrets) {
        this.secrets = new SecretReader(environment, makersOfSecrets);
    }

    /** @param makers the hint for a secret file that is not there, if something makes it that a person can start */
    public static TopologyReader whereSecretsAreMade(Function<Path, Optional<String>> makers) {
        return new TopologyReader(TopologyReader::environment, makers);
    }

    private static Optional<String> environment(String name) {
        return Optional.ofNullable(System.getenv(name));
    }

    /**
     * Reads one cluster.
     *
     * @throws ProblemsException with every problem of the file, in the file's order
     */
    public TopologyFile read(Path file) {
        Problems problems = new Problems();
        Inheritance inheritance = new Inheritance(problems);
        Optional<Tree.Mapping> tree = inheritance.read(file);
        if (tree.isEmpty()) {
            throw new ProblemsException(problems.inOrder());
        }
        Place top = new Place(file.toString(), 1, 1);
        new ShapeCheck(problems).check(tree.get(), top);
        Draft draft = DraftReader.read(tree.get(), top, problems);
        Rules.check(draft, problems);
        Optional<Secret> password = draft.password().flatMap(declared -> secrets.read(declared, problems));
        problems.throwIfAny();
        return new TopologyFile(
                Assembly.assemble(draft, password.orElseThrow()),
                file.toString(),
                Places.of(tree.get()),
                Notes.of(draft),
                inheritance.digest());
    }

    /**
     * The files of the clusters under a path: a file stands for itself, a directory for the {@code *.yaml} files directly in it, sorted,
     * without those that only serve to be extended.
     *
     * @throws ProblemsException if a directory holds none or cannot be listed
     */
    public List<Path> topologyFilesIn(Path fileOrDirectory) {
        if (!Files.isDirectory(fileOrDirectory)) {
            return List.of(fileOrDirectory);
        }
        List<Path> clusters = FleetDirectory.clustersIn(yamlFilesIn(fileOrDirectory));
        if (clusters.isEmpty()) {
            throw new ProblemsException(Problem.of(NO_TOPOLOGY_FILES, "there is no topology file in " + fileOrDirectory)
                    .detail("looked for *.yaml directly in it")
                    .hint("is the path right?"));
        }
        return clusters;
    }

    private static List<Path> yamlFilesIn(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            // Also a link that leads nowhere: whoever put it there meant a cluster, which must not vanish in silence.
            return entries.filter(file -> file.toString().endsWith(".yaml") && !Files.isDirectory(file))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new ProblemsException(Problem.of(UNREADABLE_FILE, "could not list " + directory)
                    .detail(String.valueOf(failure))
                    .hint("may this account read it? See: ls -ld " + directory));
        }
    }
}
