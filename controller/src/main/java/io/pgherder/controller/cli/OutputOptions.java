package io.pgherder.controller.cli;

import io.pgherder.controller.report.text.Ink;
import picocli.CommandLine.Option;

/** How a command speaks. */
public final class OutputOptions {
    /** For people or for programs. */
    public enum Format {
        text,
        json
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json (default: text)")
    private Format format = Format.text;

    @Option(
            names = {"-v", "--verbose"},
            description = "show the trace of an unexpected error, and what libraries log")
    private boolean verbose;

    @Option(
            names = {"-q", "--quiet"},
            description = "say only results and errors")
    private boolean quiet;

    @Option(names = "--no-color", description = "no colour (also: NO_COLOR; off anyway when not a terminal)")
    private boolean noColor;

    public boolean isJson() {
        return format == Format.json;
    }

    public boolean isVerbose() {
        return verbose;
    }

    public boolean isQuiet() {
        return quiet;
    }

    Ink inkOfResults(Surroundings surroundings) {
        return ink(surroundings, surroundings.terminals().out());
    }

    Ink inkOfErrors(Surroundings surroundings) {
        return ink(surroundings, surroundings.terminals().err());
    }

    private Ink ink(Surroundings surroundings, boolean terminal) {
        boolean unwanted = noColor
                || surroundings.variable("NO_COLOR").isPresent()
                || surroundings.variable("TERM").filter("dumb"::equals).isPresent();
        return terminal && !unwanted ? Ink.COLOUR : Ink.PLAIN;
    }
}
