package io.pgherder.controller.cli;

import io.pgherder.controller.cli.demo.DemoSecret;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemsException;
import io.pgherder.controller.report.ValidationReport;
import io.pgherder.controller.topology.yaml.ClustersAreApart;
import io.pgherder.controller.topology.yaml.ClustersAreApart.Collision;
import io.pgherder.controller.topology.yaml.TopologyFile;
import io.pgherder.controller.topology.yaml.TopologyReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import picocli.CommandLine.Parameters;

/** The topologies that a command is about: files, or directories of files (a fleet). */
public final class Topologies {
    @Parameters(
            arity = "1..*",
            paramLabel = "TOPOLOGY",
            description = "a topology file, or a directory of them (a fleet)")
    private List<Path> paths = new ArrayList<>();

    /**
     * Every file that was meant, in the order of the arguments.
     *
     * @throws InvalidTopologies with the problems of all files if any file has one; nobody has been contacted then
     */
    List<TopologyFile> read() {
        List<TopologyFile> files = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        TopologyReader reader = reader();
        for (Path path : paths()) {
            try {
                files.add(reader.read(path));
            } catch (ProblemsException e) {
                problems.addAll(e.problems());
            }
        }
        if (problems.isEmpty()) {
            ClustersAreApart.collisions(files).forEach(collision -> problems.add(collision.problem()));
        }
        if (!problems.isEmpty()) {
            throw new InvalidTopologies(problems);
        }
        return files;
    }

    /** What became of reading each of the files: one that cannot be understood does not hide the others. */
    List<ValidationReport> validated() {
        return apart(paths().stream().map(Topologies::validate).toList());
    }

    private static ValidationReport validate(Path path) {
        try {
            return new ValidationReport(path.toString(), Optional.of(reader().read(path)), List.of());
        } catch (ProblemsException e) {
            return new ValidationReport(path.toString(), Optional.empty(), e.problems());
        }
    }

    private static TopologyReader reader() {
        return TopologyReader.whereSecretsAreMade(DemoSecret::maker);
    }

    /** What is valid alone may not be so beside another. */
    private static List<ValidationReport> apart(List<ValidationReport> alone) {
        List<ValidationReport> reports = new ArrayList<>(alone);
        List<Integer> valid = IntStream.range(0, alone.size())
                .filter(number -> alone.get(number).isValid())
                .boxed()
                .toList();
        List<TopologyFile> files = valid.stream()
                .map(number -> alone.get(number).file().orElseThrow())
                .toList();
        for (Collision collision : ClustersAreApart.collisions(files)) {
            int number = valid.get(collision.file());
            List<Problem> problems = new ArrayList<>(reports.get(number).problems());
            problems.add(collision.problem());
            reports.set(number, new ValidationReport(alone.get(number).path(), Optional.empty(), problems));
        }
        return reports;
    }

    /** Whether several clusters may be meant: so it was typed, however many a directory holds today. */
    boolean isFleet() {
        return paths.size() > 1 || Files.isDirectory(paths.get(0));
    }

    /** @throws InvalidTopologies if a directory has none, or cannot be read */
    List<Path> paths() {
        TopologyReader reader = new TopologyReader();
        List<Path> files = new ArrayList<>();
        for (Path path : paths) {
            try {
                List<Path> found = reader.topologyFilesIn(path);
                if (found.isEmpty()) {
                    throw new InvalidTopologies(List.of(none(path)));
                }
                files.addAll(found);
            } catch (ProblemsException e) {
                throw new InvalidTopologies(e.problems());
            }
        }
        return files;
    }

    private static Problem none(Path directory) {
        return Problem.of(CliProblem.NO_TOPOLOGIES, "no topology file in " + directory)
                .hint("a topology file ends in .yaml and has a \"cluster:\" line");
    }
}
