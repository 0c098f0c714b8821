package io.pgherder.controller.report.metrics;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import static java.util.Objects.requireNonNull;

/**
 * Metric families as OpenMetrics writes them. Pure.
 *
 * @see <a href="https://prometheus.io/docs/specs/om/open_metrics_spec/">OpenMetrics 1.0</a>
 */
final class OpenMetrics {
    /** Of what {@link #render} returns. */
    static final String CONTENT_TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private OpenMetrics() {}

    /**
     * What is measured under one name.
     *
     * @param name ends with the unit if there is one
     * @param unit empty for numbers of things
     */
    record Family(String name, Type type, String unit, String help, List<Sample> samples) {
        Family {
            requireNonNull(name, "name is null");
            requireNonNull(type, "type is null");
            requireNonNull(unit, "unit is null");
            requireNonNull(help, "help is null");
            samples = List.copyOf(samples);
            if (!unit.isEmpty() && !name.endsWith("_" + unit)) {
                throw new IllegalArgumentException(name + " does not end with its unit, " + unit);
            }
        }
    }

    enum Type {
        GAUGE("gauge", ""),
        COUNTER("counter", "_total");

        private final String word;
        private final String suffix;

        Type(String word, String suffix) {
            this.word = word;
            this.suffix = suffix;
        }
    }

    /** @param value as it is written: a number */
    record Sample(List<Label> labels, String value) {
        Sample {
            labels = List.copyOf(labels);
            requireNonNull(value, "value is null");
        }

        static Sample of(long value, Label... labels) {
            return new Sample(List.of(labels), Long.toString(value));
        }
    }

    record Label(String name, String value) {
        Label {
            requireNonNull(name, "name is null");
            requireNonNull(value, "value is null");
        }

        private String text() {
            return name + "=\"" + escaped(value) + "\"";
        }
    }

    /** A family without samples is left out; ends with the line that tells a reader that it has everything. */
    static String render(List<Family> families) {
        return families.stream()
                .filter(family -> !family.samples().isEmpty())
                .map(OpenMetrics::family)
                .collect(Collectors.joining("", "", "# EOF\n"));
    }

    private static String family(Family family) {
        StringBuilder text = new StringBuilder();
        text.append("# TYPE ")
                .append(family.name())
                .append(' ')
                .append(family.type().word)
                .append('\n');
        if (!family.unit().isEmpty()) {
            text.append("# UNIT ")
                    .append(family.name())
                    .append(' ')
                    .append(family.unit())
                    .append('\n');
        }
        text.append("# HELP ")
                .append(family.name())
                .append(' ')
                .append(escaped(family.help()))
                .append('\n');
        // The same labels twice would void all of it.
        Set<List<Label>> written = new LinkedHashSet<>();
        for (Sample sample : family.samples()) {
            if (written.add(sample.labels())) {
                text.append(family.name()).append(family.type().suffix).append(labels(sample));
                text.append(' ').append(sample.value()).append('\n');
            }
        }
        return text.toString();
    }

    private static String labels(Sample sample) {
        return sample.labels().isEmpty()
                ? ""
                : sample.labels().stream().map(Label::text).collect(Collectors.joining(",", "{", "}"));
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\"", "\\\"");
    }
}
