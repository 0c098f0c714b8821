package io.pgherder.controller.report.text;

import io.pgherder.controller.problem.Counted;
import io.pgherder.controller.report.ValidationReport;
import io.pgherder.controller.topology.Topology;
import io.pgherder.controller.topology.yaml.TopologyFile;

import static java.util.Objects.requireNonNull;

/** What is said of a file in which nothing is wrong. */
public final class ValidationText {
    private final Ink ink;

    public ValidationText(Ink ink) {
        this.ink = requireNonNull(ink, "ink is null");
    }

    /** Ends with a line end; empty for a file with problems, which are shown as such. */
    public String render(ValidationReport report) {
        return report.file().map(this::render).orElse("");
    }

    private String render(TopologyFile file) {
        Topology topology = file.topology();
        StringBuilder text = new StringBuilder(file.displayPath() + ": " + ink.green("valid") + ", cluster "
                + topology.cluster() + ", " + Counted.of(topology.nodes().size(), "node") + " on "
                + Counted.of(topology.hosts().size(), "host") + ", primary " + topology.primary() + "\n");
        file.notes()
                .forEach(note -> text.append(ink.yellow("Note:"))
                        .append(' ')
                        .append(note)
                        .append('\n'));
        return text.toString();
    }
}
