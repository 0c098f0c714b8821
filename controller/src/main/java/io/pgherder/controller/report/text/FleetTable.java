package io.pgherder.controller.report.text;

import io.pgherder.controller.report.FleetLine;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/** A fleet at a glance: a line for each cluster, with a few figures and what it comes to. */
public final class FleetTable {
    /** Of a cluster that nobody could look at. */
    private static final String UNKNOWN = "?";

    private final Ink ink;
    private final List<String> figures;

    /** @param figures the heads of their columns */
    public FleetTable(Ink ink, List<String> figures) {
        this.ink = requireNonNull(ink, "ink is null");
        this.figures = List.copyOf(figures);
    }

    /** Ends with a line end. */
    public String render(List<FleetLine> lines) {
        List<TextTable.Column> columns = Stream.of(
                        Stream.of(TextTable.words("CLUSTER")),
                        figures.stream().map(TextTable::numbers),
                        Stream.of(TextTable.words("RESULT"), TextTable.words("FILE")))
                .flatMap(parts -> parts)
                .toList();
        TextTable table = new TextTable(columns, lines.stream().map(this::row).toList());
        StringBuilder text = new StringBuilder(table.head());
        for (int index = 0; index < lines.size(); index++) {
            text.append(paint(lines.get(index), table.line(index)));
        }
        return text.toString();
    }

    private List<String> row(FleetLine line) {
        List<String> found = line.figures().isEmpty() ? Collections.nCopies(figures.size(), UNKNOWN) : line.figures();
        return Stream.of(Stream.of(line.cluster()), found.stream(), Stream.of(line.result(), line.file()))
                .flatMap(parts -> parts)
                .toList();
    }

    private String paint(FleetLine line, String text) {
        return switch (line.weight()) {
            case WELL -> text;
            case WORTH_A_LOOK -> ink.yellow(text);
            case WRONG -> ink.red(text);
        };
    }
}
