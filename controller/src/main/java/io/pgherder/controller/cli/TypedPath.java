package io.pgherder.controller.cli;

import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A path as it is typed. An empty one is a variable of the shell that is not set; to Java it is the directory one stands in. */
final class TypedPath implements ITypeConverter<Path> {
    @Override
    public Path convert(String typed) {
        if (typed.isEmpty()) {
            throw new TypeConversionException("it is empty");
        }
        return Path.of(typed);
    }
}
