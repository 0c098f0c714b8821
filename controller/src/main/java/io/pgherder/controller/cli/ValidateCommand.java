package io.pgherder.controller.cli;

import io.pgherder.controller.report.ValidationReport;
import io.pgherder.controller.report.json.ValidationJson;
import io.pgherder.controller.report.text.ProblemText;
import io.pgherder.controller.report.text.ValidationText;
import java.util.List;
import java.util.concurrent.Callable;
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
    private TextOrJson output;

    public ValidateCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        List<ValidationReport> reports = topologies.validated();
        show(reports);
        boolean valid = reports.stream().allMatch(ValidationReport::isValid);
        return (valid ? ExitCode.OK : ExitCode.USAGE).number();
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
