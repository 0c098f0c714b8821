package io.pgherder.controller.cli;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Limit;
import io.pgherder.controller.problem.NearMatch;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.topology.NodeSpec;
import io.pgherder.controller.topology.yaml.TopologyFile;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Which nodes a command is about: all that it is given, or a few of them. */
public final class LimitOption {
    private static final int MOST_NAMED = 20;

    @Option(
            names = Limit.OPTION,
            paramLabel = "NODE",
            split = ",",
            description = "deal with these nodes only; what is safe is judged for the whole cluster")
    private List<String> typed = new ArrayList<>();

    boolean isGiven() {
        return !typed.isEmpty();
    }

    /**
     * The files that declare a node which was named; all of them if none was. Where there is no file nobody can say what a name means.
     *
     * @throws InvalidTopologies if a name is in no file; nobody has been contacted then
     */
    List<TopologyFile> concerned(List<TopologyFile> files) {
        if (!isGiven() || files.isEmpty()) {
            return files;
        }
        Set<String> known = new LinkedHashSet<>();
        files.forEach(file -> names(file).forEach(known::add));
        List<Problem> unknown = names().stream()
                .filter(name -> !known.contains(name))
                .map(name -> unknown(name, known, files))
                .toList();
        if (!unknown.isEmpty()) {
            throw new InvalidTopologies(unknown);
        }
        return files.stream()
                .filter(file -> names(file).anyMatch(names()::contains))
                .toList();
    }

    /** Of one of the files {@link #concerned}: names of other files' nodes mean nothing there. */
    Limit on(TopologyFile file) {
        if (!isGiven()) {
            return Limit.NONE;
        }
        Set<String> declared = new LinkedHashSet<>(names(file).toList());
        List<NodeName> nodes =
                names().stream().filter(declared::contains).map(NodeName::new).toList();
        if (nodes.isEmpty()) {
            throw new IllegalStateException("no node of " + file.displayPath() + " was named");
        }
        return new Limit(nodes);
    }

    private List<String> names() {
        return typed.stream().map(String::strip).distinct().toList();
    }

    private static Stream<String> names(TopologyFile file) {
        return file.topology().nodes().stream().map(NodeSpec::name).map(NodeName::value);
    }

    private static Problem unknown(String name, Set<String> known, List<TopologyFile> files) {
        String where = files.size() == 1 ? files.get(0).displayPath() : "any of " + files.size() + " topology files";
        List<String> named = known.stream().limit(MOST_NAMED).toList();
        int more = known.size() - named.size();
        return Problem.of(
                        CliProblem.UNKNOWN_NODE,
                        Limit.OPTION + " names \"" + name + "\", which is not a node in " + where)
                .detail("there are " + String.join(", ", named) + (more > 0 ? " and " + more + " more" : ""))
                .hint(NearMatch.question(name, known));
    }
}
