package io.pgherder.controller.cli;

import picocli.CommandLine.Option;

/** For people or for programs. */
public final class TextOrJson extends OutputOptions {
    /** As it is typed. */
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

    @Override
    public boolean isJson() {
        return format == Format.json;
    }
}
