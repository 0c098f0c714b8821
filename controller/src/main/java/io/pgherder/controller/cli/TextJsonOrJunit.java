package io.pgherder.controller.cli;

import picocli.CommandLine.Option;

/** For people, for programs, or for a build server that shows test results. */
public final class TextJsonOrJunit extends OutputOptions {
    /** As it is typed. */
    public enum Format {
        text,
        json,
        junit
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, json or junit (default: text)")
    private Format format = Format.text;

    @Override
    public boolean isJson() {
        return format == Format.json;
    }

    public boolean isJunit() {
        return format == Format.junit;
    }
}
