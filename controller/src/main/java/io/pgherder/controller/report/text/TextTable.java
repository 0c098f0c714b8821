package io.pgherder.controller.report.text;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/** Columns under their heads, each as wide as its widest cell: numbers stand right, words left. */
record TextTable(List<Column> columns, List<List<String>> rows) {
    TextTable {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        for (List<String> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(row.size() + " cells in " + columns.size() + " columns: " + row);
            }
        }
    }

    record Column(String head, boolean isOfNumbers) {
        Column {
            requireNonNull(head, "head is null");
        }
    }

    static Column words(String head) {
        return new Column(head, false);
    }

    static Column numbers(String head) {
        return new Column(head, true);
    }

    /** Ends with a line end. */
    String head() {
        return line(columns.stream().map(Column::head).toList());
    }

    /** Ends with a line end. */
    String line(int row) {
        return line(rows.get(row));
    }

    private String line(List<String> cells) {
        List<String> wide = IntStream.range(0, cells.size())
                .mapToObj(column -> wide(cells.get(column), column))
                .toList();
        return String.join("  ", wide).stripTrailing() + "\n";
    }

    private String wide(String cell, int column) {
        int width = PlanText.widest(Stream.concat(
                        Stream.of(columns.get(column).head()), rows.stream().map(row -> row.get(column)))
                .toList());
        return columns.get(column).isOfNumbers() ? " ".repeat(width - cell.length()) + cell : PlanText.pad(cell, width);
    }
}
