package io.pgherder.controller.cli;

import io.pgherder.controller.cli.demo.DemoSecret;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemsException;
import io.pgherder.controller.report.ValidationReport;
import io.pgherder.controller.report.json.ValidationJson;
import io.pgherder.controller.report.text.ProblemText;
import io.pgherder.controller.report.text.ValidationText;
import io.pgherder.controller.topology.yaml.ClustersAreApart;
import io.pgherder.controller.topology.yaml.ClustersAreApart.Collision;
import io.pgherder.controller.topology.yaml.TopologyFile;
import io.pgherder.controller.topology.yaml.TopologyReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pgherder validate}: reads the files and says what is wrong with them. Contacts nobody. */
@Command(
        name = "validate",
        description = "Read topology files and report every problem with its line. Contacts nobody.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class ValidateCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private Topologies topologies;

    @Mixin
    private OutputOptions output;

    public ValidateCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        List<ValidationReport> reports =
                apart(topologies.paths().stream().map(ValidateCommand::validate).toList());
        show(reports);
        boolean valid = reports.stream().allMatch(ValidationReport::isValid);
        return (valid ? ExitCode.OK : ExitCode.USAGE).number();
    }

    private static ValidationReport validate(Path path) {
        try {
            return new ValidationReport(path.toString(), Optional.of(new TopologyReader().read(path)), List.of());
        } catch (ProblemsException e) {
            List<Problem> problems =
                    e.problems().stream().map(DemoSecret::explained).toList();
            return new ValidationReport(path.toString(), Optional.empty(), problems);
        }
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

    private void show(List<ValidationReport> reports) {
        if (output.isJson()) {
            surroundings.out().print(ValidationJson.render(reports));
            return;
        }
        for (ValidationReport report : reports) {
            if (report.isValid()) {
                surroundings.out().print(new ValidationText(output.inkOfResults(surroundings)).render(report));
            } else {
                surroundings.err().print(new ProblemText(output.inkOfErrors(surroundings)).render(report.problems()));
            }
        }
    }
}
