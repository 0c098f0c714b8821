package io.pgherder.controller.cli;

import io.pgherder.controller.report.text.Ink;
import picocli.CommandLine.Option;

/** How a command speaks; which formats there are is the command's. */
public abstract class OutputOptions {
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

    /** Whether programs read it. */
    public abstract boolean isJson();

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
